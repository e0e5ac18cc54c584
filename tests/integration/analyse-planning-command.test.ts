import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { aProposal, created } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

async function run(...argv: string[]) {
  const text = { out: '', err: '' }
  const io: CliIo = { out: part => (text.out += part), err: part => (text.err += part), isTerminal: false, language: 'en', signal: new AbortController().signal }
  return { code: await runCli(['analyse', ...argv], io), ...text }
}

async function answer<T>(...argv: string[]): Promise<T> {
  const { code, out, err } = await run(...argv, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as T
}

/** Two water mains crossed by a scheme's gas main, one of them surveyed to half a metre; a power duct along the street. */
async function site(): Promise<string> {
  const path = join(temporaryFolder(), 'p.gpkg')
  const sure = { accuracyPlanM: 0.01, accuracyLevelM: 0.01 }
  const builder = TwinBuilder.with().onFlatGround(10)
    .aPipe('W1', [[20, -30, 8], [20, 30, 8]], { kind: 'water', accuracyPlanM: 0.5, accuracyLevelM: 0.5 })
    .aPipe('W2', [[60, -30, 8], [60, 30, 8]], { kind: 'water', ...sure })
    .aPipe('D', [[0, -6, 9], [100, -6, 9]], { kind: 'power', section: { shape: 'rectangle', widthM: 0.6, heightM: 0.4 }, ...sure })
  const project = await created(path, { records: builder.build() })
  const { document } = await project.createScenario('S')
  await project.execute(document.id, 0, { op: 'proposal.add', proposal: aProposal('P', { kind: 'gas', pressureClass: 'medium_a', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 0, 8.6], [100, 0, 8.6]] }) })
  await project.close()
  return path
}

describe('analyse trial-holes', () => {
  it('ranks a hole on the line whose position is uncertain, and none on the one that is known', async () => {
    const { holes, possible, settled } = await answer<{ possible: number; settled: number; holes: { at: number[]; assets: string[]; depthM: number; rank: number }[] }>(await site(), 'trial-holes', '--scenario', 'S')
    expect(possible).toBe(1)
    expect(settled).toBe(1)
    expect(holes).toHaveLength(1)
    expect(holes[0]).toMatchObject({ rank: 1, assets: ['W1'] })
    expect(holes[0]!.at[0]).toBeCloseTo(20, 1)
    // Ground 10, axis 8, 0.3 below it.
    expect(holes[0]!.depthM).toBeCloseTo(2.3, 2)
  })

  it('refuses a reach that is none', async () => {
    expect(await run(await site(), 'trial-holes', '--tells', 'far')).toMatchObject({ code: 2 })
  })
})

describe('analyse slots', () => {
  it('finds the places beside a line, the widest first, none nearer than the pack asks', async () => {
    const { slots, rows, from, to } = await answer<{ from: number; to: number; rows: { coverM: number; free: { from: number; to: number }[] }[]; slots: { widthM: number; at: { rightM: number } }[] }>(
      await site(), 'slots', '--asset', 'D', '--kind', 'gas', '--diameter', '0.2', '--pressure', 'medium_a', '--chainage', '40', '--length', '10')
    expect([from, to]).toEqual([35, 45])
    expect(slots.length).toBeGreaterThan(0)
    expect(slots.map(({ widthM }) => widthM)).toEqual(slots.map(({ widthM }) => widthM).toSorted((a, b) => b - a))
    // Direct-buried power: 0.5 m at least between the outsides of duct and pipe.
    for (const { free } of rows) for (const one of free) expect(Math.min(Math.abs(one.from), Math.abs(one.to))).toBeGreaterThanOrEqual(0.3 + 0.1 + 0.5 - 2e-3)
  })

  it('names what is missing or unknown', async () => {
    const path = await site()
    expect((await run(path, 'slots', '--kind', 'gas', '--diameter', '0.2')).err).toContain('--asset')
    expect((await run(path, 'slots', '--asset', 'none', '--kind', 'gas', '--diameter', '0.2')).err).toContain('none')
    expect((await run(path, 'slots', '--asset', 'D', '--kind', 'gas', '--diameter', '-1')).code).toBe(2)
  })
})
