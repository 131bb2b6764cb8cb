"""What happened to whom in the demo, told through the services of the apps."""
