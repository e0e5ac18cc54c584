import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { aProposal, created } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'
import { emptyScenario } from '#shared/scenario/document.ts'

const CTOWN = join(import.meta.dirname, '../../../shared/data/epyt-networks/BattleOfCalibrationNetworks_C-Town.inp')

async function run(...argv: string[]) {
  const text = { out: '', err: '' }
  const io: CliIo = { out: part => (text.out += part), err: part => (text.err += part), isTerminal: false, language: 'en', signal: new AbortController().signal }
  return { code: await runCli(argv, io), ...text }
}

async function answer(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await run('analyse', ...argv, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Record<string, unknown>
}

const line = (id: string, coordinates: number[][], properties: object = {}) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { id, kind: 'water', diameterM: 0.2, ...properties } })
const point = (id: string, nodeType: string, coordinates: number[], kind = 'water') => ({ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { id, kind, nodeType } })

/** S –A– V1 –B– tee (C up to its dead end) –D– V2 –E– */
const NETWORK = {
  type: 'FeatureCollection',
  features: [
    line('A', [[0, 0, -1], [50, 0, -1]]), line('B', [[50, 0, -1], [100, 0, -1]]), line('C', [[80, 0, -1], [80, 40, -1]]), line('D', [[100, 0, -1], [150, 0, -1]]), line('E', [[150, 0, -1], [200, 0, -1]]),
    point('S', 'source', [0, 0, -1]), point('V1', 'valve', [50, 0, -1]), point('V2', 'valve', [150, 0, -1]), point('V3', 'valve', [90, 0, -1]), point('H', 'hydrant', [80, 40, -1]),
  ],
}

async function project(features: object = NETWORK): Promise<string> {
  const folder = temporaryFolder()
  const [source, path] = [join(folder, 'net.geojson'), join(folder, 'net.gpkg')]
  writeFileSync(source, JSON.stringify(features))
  expect((await run('import', source, '-o', path)).code).toBe(0)
  return path
}

describe('analyse burst', () => {
  it('answers with the keys of cli.md on an imported network', async () => {
    const path = await project()
    expect(await answer(path, 'burst', '--asset', 'D')).toMatchObject({
      asset: 'D', valves: ['V2', 'V3'], isolated: ['B', 'D'], outOfSupply: ['E'], lengthM: 60,
      alternatives: [{ failed: 'V2', valves: ['V3'] }, { failed: 'V3', valves: ['V1', 'V2'] }], sourcesInside: [], affected: { connections: 0, hydrants: 0 },
    })
    expect(await answer(path, 'burst', '--asset', 'C')).toMatchObject({ valves: ['V1', 'V3'], isolated: ['B', 'C'], outOfSupply: ['D', 'E'], affected: { hydrants: 1 } })
  })

  it('reads a network file as it reads a project', async () => {
    const path = join(temporaryFolder(), 'net.geojson')
    writeFileSync(path, JSON.stringify(NETWORK))
    expect(await answer(path, 'burst', '--asset', 'D')).toMatchObject({ valves: ['V2', 'V3'], isolated: ['B', 'D'], outOfSupply: ['E'] })
  })

  it('says that there are neither valves nor sources, and still answers', async () => {
    const path = await project({ ...NETWORK, features: NETWORK.features.filter(({ geometry }) => geometry.type === 'LineString') })
    const { valves, isolated, issues } = await answer(path, 'burst', '--asset', 'D')
    expect({ valves, isolated }).toEqual({ valves: [], isolated: ['A', 'B', 'C', 'D', 'E'] })
    expect((issues as { code: string }[]).map(({ code }) => code)).toEqual(expect.arrayContaining(['valve_missing', 'source_missing']))
  })

  it('joins a model by names: valves as links, drawn at one spot or across each other, closed pipes shut', async () => {
    const path = join(temporaryFolder(), 'model.inp')
    writeFileSync(path, [
      '[JUNCTIONS]', 'a 10', 'b 10', 'c 10', 'd 10', 'e 10', '[RESERVOIRS]', 'R 50', 'R2 50', '[PIPES]', 'p1 R a 100 200 100 0 Open', 'p2 b c 77 200 100 0 Open', 'p3 d e 100 200 100 0 Open', 'p4 e R2 100 200 100 0 Closed',
      '[VALVES]', 'v1 a b 200 TCV 0 0', 'v2 c d 200 TCV 0 0', '[COORDINATES]', 'R 0 0', 'a 100 0', 'b 100 0', 'c 50 50', 'd 50 -50', 'e 0 -50', 'R2 -50 -50', '[OPTIONS]', 'Units LPS', '[END]', '',
    ].join('\n'))
    expect(await answer(path, 'burst', '--asset', 'p2')).toMatchObject({ valves: ['v1', 'v2'], isolated: ['p2'], outOfSupply: ['p3'], lengthM: 77, alternatives: [{ failed: 'v1', valves: ['v2'], sourcesInside: ['R'] }, { failed: 'v2', valves: ['v1'] }] })
  })

  it.skipIf(!existsSync(CTOWN))('agrees with a plain search over the names in C-Town, for every pipe', async () => {
    const sections = new Map<string, string[][]>()
    let rows: string[][] = []
    for (const text of readFileSync(CTOWN, 'latin1').split('\n').map(row => row.replace(/;.*/, '').trim())) {
      if (text.startsWith('[')) sections.set(text.toUpperCase(), (rows = []))
      else if (text !== '') rows.push(text.split(/\s+/))
    }
    const links = ['[PIPES]', '[PUMPS]', '[VALVES]'].flatMap(name => (sections.get(name) ?? []).map(([id, from, to, ...rest]) => ({ id: id!, ends: [from!, to!], isValve: name === '[VALVES]', isShut: name === '[PIPES]' && /closed/i.test(rest[4] ?? '') })))
    for (const pipe of ['P1', 'P310', 'P1016', 'P793', links[100]!.id, links[400]!.id].filter(id => links.some(link => link.id === id))) {
      const inside = new Set([pipe])
      const points = new Set(links.find(link => link.id === pipe)!.ends)
      const touched = new Set<string>()
      for (const at of points) {
        for (const link of links.filter(other => other.ends.includes(at))) {
          if (link.isValve) touched.add(link.id)
          else if (!link.isShut) {
            inside.add(link.id)
            link.ends.forEach(end => points.add(end))
          }
        }
      }
      const isThrough = (id: string) => links.find(link => link.id === id)!.ends.every(end => points.has(end))
      const { valves, isolated } = await answer(CTOWN, 'burst', '--asset', pipe)
      expect(valves).toEqual([...touched].filter(id => !isThrough(id)).sort())
      expect([...(isolated as string[])].sort()).toEqual([...inside, ...[...touched].filter(isThrough)].sort())
    }
  })
})

describe('analyse trace and flow', () => {
  const SEWERS = {
    type: 'FeatureCollection',
    features: [
      line('F1', [[0, 0, -2], [50, 0, -3]], { kind: 'sewer_foul' }), line('F2', [[50, 0, -3], [100, 0, -2.9]], { kind: 'sewer_foul' }), line('F3', [[100, 0, -2.9], [150, 0, -4]], { kind: 'sewer_foul' }),
      line('R1', [[50, 40, -2], [50, 0, -3]], { kind: 'sewer_storm' }), point('O', 'outfall', [150, 0, -4], 'sewer_foul'),
    ],
  }

  it('lists adverse slopes, outfalls, wrong connections and open ends', async () => {
    expect(await answer(await project(SEWERS), 'flow')).toMatchObject({
      directions: ['F1', 'F2', 'F3', 'R1'].map(asset => ({ asset, direction: 'forward' })),
      adverse: [{ asset: 'F2', fromM: 0, riseM: 0.1, slopeRatio: 0.002 }],
      outfalls: [{ node: 'O', assumed: false }],
      crossConnections: [{ at: [50, 0, -3], foul: ['F1', 'F2'], storm: ['R1'] }],
      parts: [{ kind: 'sewer_foul+sewer_storm', assets: 4 }], loops: [],
    })
  })

  it('traces to the source of a pollution, and along a way to another asset', async () => {
    const path = await project(SEWERS)
    expect(await answer(path, 'trace', '--asset', 'F2', '--direction', 'up')).toMatchObject({ assets: ['F1', 'F2', 'R1'], outfalls: [] })
    expect(await answer(path, 'trace', '--asset', 'R1', '--direction', 'down', '--to', 'F3')).toMatchObject({ assets: ['F2', 'F3', 'R1'], outfalls: ['O'], path: { assets: ['R1', 'F2', 'F3'] } })
  })

  it('goes both ways on pressure pipes, saying why, and finds the nearest valve and hydrant', async () => {
    const { assets, nearest, issues } = await answer(await project(), 'trace', '--asset', 'A', '--direction', 'down')
    expect(assets).toEqual(['A', 'B', 'C', 'D', 'E'])
    expect(nearest).toEqual({ valve: { id: 'V1', distanceM: 0 }, hydrant: { id: 'H', distanceM: 70 } })
    expect((issues as { code: string }[]).map(({ code }) => code)).toContain('direction_unknown')
  })

  it('takes a scheme along where one is named', async () => {
    const path = join(temporaryFolder(), 'p.gpkg')
    const proposal = aProposal('NEW', { kind: 'water', axis: [[50, 0, -1], [50, 60, -1]] })
    const scenarios = [{ ...emptyScenario('scenario-1', 'plan'), proposals: { NEW: proposal } }]
    await (await created(path, { records: TwinBuilder.with().aPipe('A', [[0, 0, -1], [50, 0, -1]]).build(), scenarios })).close()
    expect((await answer(path, 'trace', '--asset', 'A'))['assets']).toEqual(['A'])
    expect((await answer(path, 'trace', '--asset', 'A', '--scenario', 'plan'))['assets']).toEqual(['A', 'NEW'])
  })
})

describe('analyse refuses in one line', () => {
  it.each([
    ['no method', [], /needs <project/],
    ['an unknown method', ['magic'], /no method "magic"/],
    ['an option of another method', ['flow', '--asset', 'A'], /--asset does not belong to flow/],
    ['no asset', ['burst'], /needs --asset ID/],
    ['an unknown asset', ['burst', '--asset', 'Z'], /no asset "Z"/],
    ['a tolerance that is none', ['flow', '--tolerance', '5'], /--tolerance 5/],
    ['a direction that is none', ['trace', '--asset', 'A', '--direction', 'left'], /--direction left/],
    ['an unknown kind', ['flow', '--kind', 'beer'], /"beer" is no kind/],
    ['an unknown scheme', ['flow', '--scenario', 'x'], /no scheme "x"/],
  ])('%s', async (_, argv, message) => {
    const { code, out, err } = await run('analyse', await project(), ...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('a file that is not there, and one that is nothing', async () => {
    expect(await run('analyse', 'nowhere.gpkg', 'flow')).toMatchObject({ code: 2, err: 'nowhere.gpkg is not there.\n' })
    const path = join(temporaryFolder(), 'x.inp')
    writeFileSync(path, 'hello')
    expect((await run('analyse', path, 'flow')).code).toBe(2)
  })
})

describe('analyse gas', () => {
  const twin = () =>
    TwinBuilder.with().aPipe('G', [[0, 0, -1], [100, 0, -1]], { kind: 'gas' }).aPipe('G2', [[100, 0, -1], [200, 0, -1]], { kind: 'gas' })
      .aValve('GV', [100, 0, 0], { kind: 'gas' }).aValve('WV', [10, 40, 0]).aManhole('M', [50, 3, 0], { diameterM: 1, bottomZ: -3 })
      .aPipe('W', [[0, 40, -1], [20, 40, -1]]).aPipe('H', [[0, 60, -1], [20, 60, -1]], { kind: 'gas', pressureClass: 'high' })
  const file = async (): Promise<string> => {
    const path = join(temporaryFolder(), 'g.gpkg')
    await (await created(path, { records: twin().build() })).close()
    return path
  }

  it('gives the rate at the upper end of the class, the spaces near by and the valves to shut', async () => {
    const found = await answer(await file(), 'gas', '--asset', 'G', '--hole', '10')
    expect(found).toMatchObject({ screening: true, release: { regime: 'sonic' }, spaces: [{ id: 'M', sort: 'node', type: 'manhole', distanceM: 2.4 }], valves: ['GV'] })
    expect((found['release'] as { rateM3H: number }).rateM3H).toBeCloseTo(184.8, 1)
    expect(found['issues']).toEqual([expect.objectContaining({ code: 'pressure_assumed' })])
  })

  it('still lists the spaces where the pressure is not known', async () => {
    expect(await answer(await file(), 'gas', '--asset', 'H', '--hole', '10')).toMatchObject({ release: null, spaces: [], issues: expect.arrayContaining([expect.objectContaining({ code: 'pressure_unknown' })]) as unknown })
  })

  it.each([
    ['what is no gas', ['--asset', 'W', '--hole', '5'], /"W" is no gas pipe/],
    ['no hole', ['--asset', 'G'], /--hole/],
    ['a hole that is none', ['--asset', 'G', '--hole', 'big'], /--hole big/],
  ])('refuses %s', async (_, argv, message) => {
    const { code, err } = await run('analyse', await file(), 'gas', ...argv)
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})
