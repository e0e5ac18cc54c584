import type { Handlers } from './handler.ts'

export const filesHandlers: Pick<Handlers, 'files.pick' | 'files.browse' | 'files.nameIn' | 'files.upload'> = {
  'files.pick': async ({ purpose, suggestedName }, { session }) => ({ files: [...(await session.picker.pick(purpose, suggestedName))] }),
  'files.browse': ({ folder, purpose }, { session }) => session.picker.browse(folder, purpose),
  'files.nameIn': ({ folder, name }, { session }) => session.picker.nameIn(folder, name),
  'files.upload': (chunk, { session }) => session.uploads.accept(chunk),
}
