/** Path in the archive that a name in a topic's folder means; null where it leads out or is an address. */
export function resolvePath(folder: string, reference: string): string | null {
  const text = reference.trim().replaceAll('\\', '/')
  if (text === '' || text.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(text)) return null
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of text.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.length === 0 ? null : parts.join('/')
}

/** The reference from a folder to a path of the archive. */
export function referenceFrom(folder: string, path: string): string {
  return `${folder === '' ? '' : '../'.repeat(folder.split('/').length)}${path}`
}

/** Last part of a path, fit to be a file's name on every system. */
export function plainFileName(path: string, fallback: string): string {
  const name = path.replaceAll('\\', '/').split('/').at(-1) ?? ''
  // eslint-disable-next-line no-control-regex -- control characters are what is replaced
  const plain = name.replace(/[\u0000-\u001f<>:"|?*]/g, '_').replace(/^\.+$/, '').trim()
  return plain === '' ? fallback : plain.slice(0, 200)
}

/** A path not taken yet: `a/b.txt`, `a/b-2.txt` … */
export function freePath(path: string, isTaken: (path: string) => boolean): string {
  const dot = path.lastIndexOf('.') > path.lastIndexOf('/') ? path.lastIndexOf('.') : path.length
  let free = path
  for (let n = 2; isTaken(free); n++) free = `${path.slice(0, dot)}-${n}${path.slice(dot)}`
  return free
}
