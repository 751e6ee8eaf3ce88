/** What a ring's audit waits for once it is begun: no file is written before. */
export const AUDIT_BEGUN = 'In audit: what to set on the hosts for it is on Policies now.'
