import { z } from 'zod'

/** Version of the envelope; both ends ship together, so a mismatch is a mistake and not a case to support. */
const v = z.literal(1)
const id = z.int().min(1)

/** What a client sends. A call's input is parsed by its contract entry afterwards. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('call'), id, name: z.string().max(100), input: z.unknown() }),
  z.strictObject({ v, type: z.literal('cancel'), id }),
  /** The whole set of events wanted from now on; sent again after a reconnect. */
  z.strictObject({ v, type: z.literal('subscribe'), events: z.array(z.string().max(100)).max(100) }),
])
export type ClientMessage = z.infer<typeof clientMessageSchema>

const details = z.record(z.string(), z.union([z.string(), z.number()]))

/** What a host sends. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ v, type: z.literal('value'), id, value: z.unknown() }),
  z.strictObject({ v, type: z.literal('failure'), id, code: z.string().max(100), details }),
  z.strictObject({ v, type: z.literal('progress'), id, fraction: z.number().min(0).max(1).nullable(), stage: z.string().max(200) }),
  z.strictObject({ v, type: z.literal('event'), name: z.string().max(100), payload: z.unknown() }),
])
export type HostMessage = z.infer<typeof hostMessageSchema>

/**
 * Of the loopback host alone: a large message waits to be fetched over HTTP, once, in place of coming through the socket,
 * so that the page's thread need not carry it. What follows it on the socket comes after it.
 */
export const shelvedFrameSchema = z.strictObject({ v, type: z.literal('shelved'), ticket: z.string().regex(/^[\w-]{43}$/), bytes: z.int().min(1) })
export type ShelvedFrame = z.infer<typeof shelvedFrameSchema>
