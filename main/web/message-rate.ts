/** More than a fast user with every panel open; far less than what would keep the host from its work. */
const MESSAGES_PER_SECOND = 400
const MESSAGE_BURST = 2000
const BYTES_PER_SECOND = 256 << 20
const BYTE_BURST = 512 << 20

/**
 * Token bucket over messages and bytes of one connection.
 * @param now Milliseconds, monotonic.
 * @returns takes one message; false once the connection has sent more than it may.
 */
export function createMessageRate(now: () => number): (bytes: number) => boolean {
  let messages = MESSAGE_BURST
  let bytes = BYTE_BURST
  let last = now()
  return size => {
    const at = now()
    const seconds = (at - last) / 1000
    last = at
    messages = Math.min(MESSAGE_BURST, messages + seconds * MESSAGES_PER_SECOND) - 1
    bytes = Math.min(BYTE_BURST, bytes + seconds * BYTES_PER_SECOND) - size
    return messages >= 0 && bytes >= 0
  }
}
