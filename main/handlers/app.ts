import type { Handlers } from './handler.ts'

export const appHandlers: Pick<Handlers, 'app.info'> = {
  'app.info': (_, { session }) => ({
    version: session.version,
    host: session.host,
    platform: process.platform,
    capabilities: { nativePicker: session.picker.kind === 'native', browsePicker: session.picker.kind === 'browse', upload: true, quit: session.host === 'electron' },
  }),
}
