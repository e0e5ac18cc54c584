const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** Control characters, and what Windows keeps for itself. */
const FORBIDDEN = /[\p{Cc}<>:"/\\|?*]/u

/** Why no desktop system would take this as a file name; null where all would. Projects travel between systems. */
export function fileNameProblem(name: string): 'empty' | 'characters' | 'reserved' | 'too_long' | null {
  if (name.trim() === '' || /^\.+$/.test(name)) return 'empty'
  if (FORBIDDEN.test(name) || /[. ]$/.test(name)) return 'characters'
  if (RESERVED_ON_WINDOWS.test(name)) return 'reserved'
  return Buffer.byteLength(name, 'utf8') > 255 ? 'too_long' : null
}
