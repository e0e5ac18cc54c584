import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { SourceFile } from '#shared/io/source.ts'

const DATA = new URL('../../../../shared/data/', import.meta.url)

/** Whether a file or folder of the real data is on this machine. */
export const hasSharedData = (path: string): boolean => existsSync(new URL(path, DATA))

/** Files of the real data, by path below its folder. */
export const sharedData = (...paths: string[]): SourceFile[] => paths.map(path => ({ name: basename(path), bytes: new Uint8Array(readFileSync(new URL(path, DATA))) }))
