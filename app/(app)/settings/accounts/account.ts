/** An account as its menu and dialogs need it. */
export type Account = {
  id: string
  name: string
  role: string
  disabledAt: number | null
  /** How its person gets in: 'invited' has yet to choose a password. */
  signIn: 'invited' | 'password' | 'two-step' | 'single sign-on'
  hostGroups: readonly { id: number; name: string }[]
}
