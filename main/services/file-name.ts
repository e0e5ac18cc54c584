const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
// eslint-disable-next-line no-control-regex -- control characters are just what must not get in
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"/\\|?*]/

/** Why no desktop system would take this as a file name; null where all would. Projects travel between systems. */
export function fileNameProblem(name: string): 'empty' | 'characters' | 'reserved' | 'too_long' | null {
  if (name.trim() === '' || /^\.+$/.test(name)) return 'empty'
  if (FORBIDDEN.test(name) || /[. ]$/.test(name)) return 'characters'
  if (RESERVED_ON_WINDOWS.test(name)) return 'reserved'
  return Buffer.byteLength(name, 'utf8') > 255 ? 'too_long' : null
}
