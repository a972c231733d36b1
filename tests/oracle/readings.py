"""Where design.md leaves a choice, the choice made here, as one switch each.

Every switch is described in README.md under 'Readings'. Flip one to see whether
a difference to the C implementation comes from that reading alone.
"""

# Inline `required` of a field whose type or vocabulary failed: literal reading
# of "that field's other checks ... are not applicable".
REQUIRED_NA_ON_REFUSED = True
# Blankness read together with another field (all_or_none, requires, a `required`
# leaf of a rule over several fields) is decided although the value is refused.
BLANKNESS_DECIDED_ON_REFUSED = True
# `blank: true|false` in a condition is decided on a value its vocabulary or type refuses.
BLANK_TEST_DECIDED_ON_REFUSED = True
# `written:` on a missing column is unknown (the vanished-column rule wins over "never unknown").
WRITTEN_UNKNOWN_ON_MISSING = True
# The other side of an inline comparison, and `within` of unique, are expected columns too.
OTHER_SIDE_EXPECTED = True
# A misspelt provisional value: the rung of its spelling wins over `.provisional`.
SPELLING_BEFORE_PROVISIONAL = True
# types[].records counts the records read, the excluded ones among them.
RECORDS_INCLUDE_EXCLUDED = True
# fields.X takes the error rules with X among their subjects (not only those attached to X).
FIELD_SCORE_BY_SUBJECT = True
# A report over several types is null when one of its types is null.
REPORT_NULL_IF_ONE_NULL = True
# The run fails for "nothing assessed" if no record of any type was assessed (not: of one type).
EMPTY_IS_WHOLE_RUN = True
# A lifecycle check with nothing to look at (first stage, fewer than two dates) is not applicable.
LIFECYCLE_NOTHING_IS_NA = True
# Without `dated_by` no record counts as undated.
UNDATED_NEEDS_DATED_BY = True
# Suppressing covers undecided outcomes as well as failed ones.
SUPPRESS_UNDECIDED = True
# An unknown `when` is undecided even where the check itself would be not applicable (a blank, a refused value).
WHEN_UNKNOWN_FIRST = True
