/**
 * Where a spreadsheet would begin a formula within a text, before which an apostrophe goes: at its start, and where one that separates cells by semicolons or tabs
 * would begin a cell or a line, in quotes or without (OWASP, "CSV Injection"). The same to PostgreSQL and to JavaScript.
 */
export const BEGINS_FORMULA = String.raw`^(?=[\t\r\n])|(?:^|(?<=[;\t\r\n]))(?="*[=+@\uff1d\uff0b\uff0d\uff20-])`
