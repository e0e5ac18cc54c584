import { createClient, type Client, type Transport } from '#shared/contract/client.ts'
import { electronTransport } from './electron-bridge.ts'
import { webSocketTransport } from './web-socket.ts'

const TOKEN_KEY = 'underplan.token'

/**
 * Connects to the host this page belongs to: Electron's bridge where there is one, else the loopback host it came from.
 * A host that does not answer (it is busy, or has ended, or the address is of an earlier start) is tried for as long as the
 * page is there: whoever waits says so to the user.
 */
export async function connectHost(): Promise<Client> {
  const bridge = window.underplanBridge
  const transport = bridge ? electronTransport(bridge) : webSocketTransport(`ws://${location.host}/socket`, takeToken())
  // Seen in the developer tools and by whatever else collects unhandled errors; the call itself fails with a code.
  const client = createClient(transport, what => reportError(new Error(what)))
  await firstOpen(transport)
  return client
}

/** The token comes in the address's fragment, which no server sees, and leaves it at once; a reload finds it in the session. */
function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given !== null) {
    sessionStorage.setItem(TOKEN_KEY, given)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? 'none'
}

const firstOpen = (transport: Transport): Promise<void> => new Promise(resolve => transport.onState(state => state === 'open' && resolve()))
