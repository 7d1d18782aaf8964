"""What each command does. Results go to standard output, everything else to standard error."""
