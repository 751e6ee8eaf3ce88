/** Whether a key goes into a field, a menu or a dialog: shortcuts keep out of there. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  const field = 'input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable=true]'
  return target?.closest(`${field}, [role=menu], [role=dialog]`) !== null && target !== null
}
