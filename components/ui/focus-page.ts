/** Gives the focus to the page's content, from where the keyboard goes on: for when what had it is gone. */
export function focusPage(): void {
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
}

/** The `ref` of what may go while it has the focus, which the page's content has then. */
export function leavingFocusToPage(element: HTMLElement | null): () => void {
  return () => {
    if (element !== null && element === document.activeElement) focusPage()
  }
}
