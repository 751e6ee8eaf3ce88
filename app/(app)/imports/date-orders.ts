/** What can be said of dates that do not show it themselves; '' = nothing. */
export const DATE_ORDERS = [
  { value: '', label: 'As the file shows' },
  { value: 'dmy', label: 'Day before month' },
  { value: 'mdy', label: 'Month before day' },
]
