"""What the program's exit codes mean; 0 is answered, or done."""

NOT_FOUND = 1
PROBLEM = 2
GOAL_MISSED = 1  # of `pullquote eval`
NOT_EVERYWHERE = 1  # of `pullquote discord --check`: the bot works, and something lacks
SOME_FAILED = 3  # of several documents
# Of `pullquote discord`, where no later start can help; `sysexits.h` calls it EX_CONFIG, and so do service managers.
NOT_CONFIGURED = 78
INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended
PIPE_CLOSED = 141  # and for one whose reader went away
