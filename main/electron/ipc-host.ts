import { ipcMain, type WebContents } from 'electron'
import { wholeFrame } from '#shared/contract/wire.ts'
import type { ClientHub, Connection } from '../services/host/client-hub.ts'
import type { HostLog } from '../services/host/host-log.ts'
import { PAGE_ORIGIN } from './page-protocol.ts'

const CHANNEL = 'underplan'

/** Connects one window's page to the host, anew for each page it loads. Only its main frame, on our origin, is heard. */
export function serveWindow(contents: WebContents, hub: Pick<ClientHub, 'connect'>, log: HostLog): void {
  let connection: Connection | null = null
  const disconnect = () => {
    connection?.close()
    connection = null
  }
  const onFrame = (event: Electron.IpcMainEvent, frame: unknown) => {
    if (event.sender !== contents) return
    const sender = event.senderFrame
    if (sender !== contents.mainFrame || sender.origin !== PAGE_ORIGIN) {
      log('message from a frame that is not ours', sender?.url)
      return
    }
    connection ??= hub.connect(reply => {
      if (!contents.isDestroyed()) contents.send(CHANNEL, wholeFrame(reply))
    })
    connection.receive(frame)
  }
  ipcMain.on(CHANNEL, onFrame)
  contents.on('did-start-navigation', details => {
    if (details.isMainFrame && !details.isSameDocument) disconnect()
  })
  contents.on('render-process-gone', disconnect)
  contents.once('destroyed', () => {
    disconnect()
    ipcMain.removeListener(CHANNEL, onFrame)
  })
}
