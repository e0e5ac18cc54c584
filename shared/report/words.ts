/** Text of a catalogue key in the reader's language, figures and names put in (`report:cover.title`). */
export interface Words {
  (key: string): string
  (key: string, params: Readonly<Record<string, unknown>>): string
  /** The first of several keys that the catalogue has. */
  (keys: string[], params: Readonly<Record<string, unknown>>): string
}
