/** What one record may cost, whatever file it stands in. */

/** Characters (UTF-16 units) of a record: the largest real ones, script blocks, have some 40,000. */
export const MAX_RECORD_CHARACTERS = 1024 * 1024

/** Objects and arrays inside each other: real records have five. */
export const MAX_RECORD_DEPTH = 64

export const TOO_LARGE = 'the record is larger than 1 MiB'
export const CUT_OFF = 'the file ends inside this record: it may be cut off'
