import { expect } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { importReadings } from '#shared/io/apply/import-readings.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import { readSource, refusalOf } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS, type SourceFile, type SourceReading, type WithIssues } from '#shared/io/source.ts'

/** Reads and maps a source as the import does by itself. */
export function importOf(files: readonly SourceFile[], crs: string | null | 'own' = 'own') {
  return importOfReading(readSource(files, DEFAULT_IMPORT_LIMITS, unattendedJob), crs)
}

/** What a reading becomes, mapped as proposed. */
export function importOfReading(reading: WithIssues<SourceReading>, crs: string | null | 'own' = 'own') {
  const mapped = importReadings([{ reading: reading.value, mappings: reading.value.layers.map(proposeMapping) }], { crs: crs === 'own' ? 'own' : { fixed: crs }, surface: null, assetIds: [] }, unattendedJob)
  const issues = [...reading.issues, ...mapped.issues]
  return {
    ...mapped.value, reading: reading.value, refusal: refusalOf(reading), issues,
    count: (code: string, severity?: string) => issues.filter(issue => issue.code === code && (severity === undefined || issue.severity === severity)).length,
  }
}

/** Bytes changed, cut, doubled, swapped or replaced by pieces that matter to the format. */
export function mutate(bytes: Uint8Array, pieces: readonly Uint8Array[], random: Random): Uint8Array {
  let mutated = [...bytes]
  for (let n = 1 + random.int(4); n > 0; n--) {
    const at = random.int(mutated.length + 1)
    const length = random.chance(0.8) ? random.int(8) : random.int(200)
    switch (random.int(6)) {
      case 0: mutated.splice(at, 1, random.int(256)); break
      case 1: mutated.splice(at, length); break
      case 2: mutated.splice(at, random.int(3), ...random.pick(pieces)); break
      case 3: mutated.splice(at, 0, ...mutated.slice(at, at + length)); break
      case 4: if (random.chance(0.3)) mutated = mutated.slice(0, at); break
      default: mutated.splice(at, 0, ...mutated.splice(random.int(mutated.length + 1), length))
    }
  }
  return Uint8Array.from(mutated)
}

/** Time of the processor, so that a machine with other work to do fails nothing. */
export const MAX_MUTANT_MS = 5000

/** Processor time of this process so far, milliseconds. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Mutants of one file of a set: each is refused whole, or what it gives is whole; no crash, no hang. A mutant that gives
 * nothing says so.
 * @param which the file that is changed.
 */
export function expectMutantsUnharmed(files: readonly SourceFile[], which: number, pieces: readonly string[], seed: number, count: number): { refused: number; read: number; longestMs: number } {
  const random = seededRandom(seed)
  const encoded = pieces.map(piece => new TextEncoder().encode(piece))
  let [refused, read, longestMs] = [0, 0, 0]
  for (let n = 0; n < count; n++) {
    const mutant = files.map((file, i) => (i === which ? { ...file, bytes: mutate(file.bytes, encoded, random) } : file))
    const where = `mutant ${n} of seed ${seed}`
    const start = cpuMs()
    const result = importOf(mutant)
    const tookMs = cpuMs() - start
    expect(tookMs, where).toBeLessThan(MAX_MUTANT_MS)
    longestMs = Math.max(longestMs, tookMs)
    if (expectWhole(result, where)) read++
    else refused++
  }
  return { refused, read, longestMs }
}

/** What was made of a mutant is all or nothing. @returns false where it was refused. */
export function expectWhole(result: ReturnType<typeof importOfReading>, where: string): boolean {
  if (result.refusal) {
    expect(result.reading.layers, where).toEqual([])
    return false
  }
  const axes = result.assets.map(asset => asset.axis)
  expect(axes.every(axis => axis.length >= 2 && axis.every(position => position.length === 3 && position.every(Number.isFinite))), where).toBe(true)
  expect(result.nodes.every(node => node.at.every(Number.isFinite)), where).toBe(true)
  expect(new Set(result.assets.map(asset => asset.id)).size, where).toBe(result.assets.length)
  expect(result.surfaceFeatures.every(feature => feature.points.every(place => place.every(Number.isFinite))), where).toBe(true)
  if (result.assets.length + result.nodes.length + result.grounds.length + result.surfaceFeatures.length + result.proposals.length === 0) expect(result.issues.length, where).toBeGreaterThan(0)
  return true
}
