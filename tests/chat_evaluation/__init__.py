"""What a real chat model writes, and what is shown of it: ``make eval-chat``."""
