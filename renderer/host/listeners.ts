import type { ConnectionState, Transport } from '#shared/contract/client.ts'

/** The receiving half every transport shares: who listens, and the state a newcomer is told. */
export function createListeners(state: ConnectionState) {
  const onMessage = new Set<(message: unknown) => void>()
  const onState = new Set<(state: ConnectionState) => void>()
  let current = state
  return {
    deliver: (message: unknown) => onMessage.forEach(listener => listener(message)),
    enter(next: ConnectionState) {
      if (next === current) return
      current = next
      onState.forEach(listener => listener(next))
    },
    subscribe: {
      onMessage(listener) {
        onMessage.add(listener)
        return () => onMessage.delete(listener)
      },
      onState(listener) {
        onState.add(listener)
        listener(current)
        return () => onState.delete(listener)
      },
    } satisfies Pick<Transport, 'onMessage' | 'onState'>,
  }
}
