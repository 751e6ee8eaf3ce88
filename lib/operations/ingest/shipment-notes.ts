/** What a request tells of its events besides them. `host`: that of records which name none, where the protocol can say it; `announcedBytes`: how long its body is. */
export type ShipmentNotes = { host?: string | null; announcedBytes?: number }
