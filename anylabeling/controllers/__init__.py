"""QObject glue between the services and the views, one file per responsibility."""
