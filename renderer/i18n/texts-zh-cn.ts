import { byNamespace } from './by-namespace.ts'

// The command line's too: its stages of work are shown here as well.
export const texts = byNamespace(import.meta.glob('../../assets/locales/zh-CN/*.json', { eager: true, import: 'default' }))
