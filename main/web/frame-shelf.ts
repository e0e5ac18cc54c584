import { randomBytes } from 'node:crypto'

/** Below this a message goes through the socket: fetching costs a round trip. */
export const LEAST_SHELVED_BYTES = 1 << 20

/** Large messages of one client, waiting to be fetched over HTTP. Each is given once and gone; all are gone with their client. */
export class FrameShelf {
  readonly #frames = new Map<string, { readonly client: object; readonly pieces: readonly Uint8Array[] }>()

  /** @returns The ticket: 256 bits, known to that client alone. */
  put(client: object, pieces: readonly Uint8Array[]): string {
    const ticket = randomBytes(32).toString('base64url')
    this.#frames.set(ticket, { client, pieces })
    return ticket
  }

  take(ticket: string): readonly Uint8Array[] | null {
    const frame = this.#frames.get(ticket)
    this.#frames.delete(ticket)
    return frame?.pieces ?? null
  }

  /** The client is gone: nobody will fetch what waits for it. */
  clear(client: object): void {
    for (const [ticket, frame] of this.#frames) if (frame.client === client) this.#frames.delete(ticket)
  }
}
