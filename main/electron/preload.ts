import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'

/**
 * All the page gets of Electron: frames out, frames in. Runs sandboxed, in a world of its own; nothing of Node or of
 * ipcRenderer itself crosses. The channel's name is that of main/electron/ipc-host.ts: a sandboxed preload script is one file.
 */
const CHANNEL = 'underplan'

contextBridge.exposeInMainWorld('underplanBridge', {
  post: (frame: unknown) => ipcRenderer.send(CHANNEL, frame),
  onMessage(listener: (frame: unknown) => void) {
    const forward = (_: IpcRendererEvent, frame: unknown) => listener(frame)
    ipcRenderer.on(CHANNEL, forward)
    return () => ipcRenderer.removeListener(CHANNEL, forward)
  },
})
