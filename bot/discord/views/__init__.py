"""What stands under a message: buttons that work after a restart, and forms."""
