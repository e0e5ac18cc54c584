import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Distances of pairs of segments (12 numbers each), as a library that is not ours has them. */
export type AskLibrary = (pairs: Float64Array) => Float64Array

const HERE = import.meta.dirname
const ROOM = 1 << 28
/** Debian's own, whose packages these are; a python3 further up the path may be another. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'

function ask(command: string, args: readonly string[], pairs: Float64Array): Float64Array {
  const { status, stdout, stderr } = spawnSync(command, args, { input: Buffer.from(pairs.buffer, pairs.byteOffset, pairs.byteLength), maxBuffer: ROOM })
  if (status !== 0) throw new Error(`${command} failed: ${stderr.toString()}`)
  return new Float64Array(new Uint8Array(stdout).buffer)
}

/** Why GEOS cannot be asked here, or null. */
export const noGeos: string | null = spawnSync(PYTHON, ['-c', 'import shapely']).status === 0 ? null : 'python3-shapely is not installed'

export const askGeos: AskLibrary = pairs => ask(PYTHON, [join(HERE, 'geos_distance.py')], pairs)

/** Why CGAL cannot be asked here, or null. */
export const noCgal: string | null = !existsSync('/usr/include/CGAL/Gmpq.h') ? 'libcgal-dev is not installed' : spawnSync('g++', ['--version']).status === 0 ? null : 'there is no g++'

/** Compiles the small program that asks CGAL; call `close` in the end. */
export function compileCgal(): { readonly ask: AskLibrary; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-cgal-'))
  const program = join(folder, 'cgal-distance')
  const { status, stderr } = spawnSync('g++', ['-O1', '-o', program, join(HERE, 'cgal-distance.cpp'), '-lgmp', '-lmpfr'])
  if (status !== 0) throw new Error(`CGAL's program does not compile: ${stderr.toString().slice(0, 2000)}`)
  return { ask: pairs => ask(program, [], pairs), close: () => rmSync(folder, { recursive: true, force: true }) }
}
