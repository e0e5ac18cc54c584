import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProjectFile } from '#main/services/project-file.ts'
import type { SampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { rounded, summarise, type Samples } from './measure.ts'

export interface ProjectTimes {
  readonly createMs: number
  readonly openMs: number
  readonly megabytes: number
  readonly commit: Samples
}

/** Makes a project of the city, opens it again and commits edits, each durable before the next. The file is thrown away. */
export async function measureProject(city: SampleCity, edits: number): Promise<ProjectTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-bench-'))
  const path = join(folder, 'bench.gpkg')
  try {
    let start = performance.now()
    await (await ProjectFile.create(path, city)).close()
    const createMs = rounded(performance.now() - start)
    start = performance.now()
    const { project } = await ProjectFile.open(path)
    const count = project.columns().count
    const openMs = rounded(performance.now() - start)
    if (count !== city.records.assets.length) throw new Error(`the project holds ${count} assets, not ${city.records.assets.length}`)
    const commit = await measureCommits(project, edits)
    await project.close()
    return { createMs, openMs, megabytes: Math.round(statSync(path).size / 1e6), commit }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureCommits(project: ProjectFile, edits: number): Promise<Samples> {
  const id = project.scenarios()[0]!.id
  const [proposal] = Object.values(project.scenarioState(id).document.proposals)
  const [x, y, z] = proposal!.axis[1]!
  const times: number[] = []
  for (let i = 0; i < edits; i++) {
    const { revision } = project.scenarioState(id)
    const start = performance.now()
    await project.execute(id, revision, { op: 'proposal.moveVertex', id: proposal!.id, index: 1, to: [x + 0.01 * (i + 1), y, z] })
    times.push(performance.now() - start)
  }
  const moved = Object.values(project.scenarioState(id).document.proposals)[0]!.axis[1]![0]
  if (Math.abs(moved - x - 0.01 * edits) > 1e-9) throw new Error('an edit was lost')
  return summarise(times)
}
