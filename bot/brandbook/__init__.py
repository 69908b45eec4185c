"""The brand's files as domain values, and every mistake in them with file, line and column."""
