import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBinary } from 'epanet-js'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { computePressures } from '#main/services/analysis/analyse-pressure.ts'
import { CancelledError, unattendedJob } from '#shared/core/job.ts'
import { created } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const DATA = join(import.meta.dirname, '../../../shared/data')
const [NET3, PRESSURES, NET1, NET1_OUT, BAD, HANOI] = ['wntr/Net3.inp', 'wntr/pressure.csv', 'epanet-owa/Net1.inp', 'epanet-owa/Net1.out', 'wntr/bad_syntax.inp', 'epyt-networks/Hanoi.inp'].map(file => join(DATA, file)) as [string, string, string, string, string, string]

interface Answer {
  method: string
  engine: string
  times: number[]
  nodes: Record<string, { pressureM: number[]; headM: number[] }>
  links: Record<string, { flowM3s: number[]; velocityMs: number[] }>
  issues: { code: string; count: number; example: string }[]
}

async function run(...argv: string[]) {
  const text = { out: '', err: '' }
  const io: CliIo = { out: part => (text.out += part), err: part => (text.err += part), isTerminal: false, language: 'en', signal: new AbortController().signal }
  return { code: await runCli(['analyse', ...argv], io), ...text }
}

async function pressures(...argv: string[]): Promise<Answer> {
  const { code, out, err } = await run(...argv, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Answer
}

describe('analyse pressure on an .inp', () => {
  it.skipIf(!existsSync(PRESSURES))('gives the published pressures of Net3, all nodes and hours', async () => {
    const answer = await pressures(NET3, 'pressure')
    const [names, ...rows] = readFileSync(PRESSURES, 'utf8').trim().split('\n').map(line => line.trim().split(','))
    expect(answer.times).toEqual(rows.map(row => Number(row[0])))
    expect(Object.keys(answer.nodes).sort()).toEqual(names!.slice(1).sort())
    let worst = 0
    rows.forEach((row, k) => {
      for (let column = 1; column < row.length; column++) worst = Math.max(worst, Math.abs(answer.nodes[names![column]!]!.pressureM[k]! - Number(row[column])))
    })
    console.info(`EPANET comparison | wntr Net3 | ${names!.length - 1} nodes × ${rows.length} hours | pressures max ${worst.toExponential(2)} m`)
    expect(worst).toBeLessThan(0.002)
  })

  it.skipIf(!existsSync(NET1_OUT))('gives the heads, flows and velocities of the reference results of Net1, in SI', async () => {
    const answer = await pressures(NET1, 'pressure')
    const { results, prolog } = readBinary(new Uint8Array(readFileSync(NET1_OUT)))
    expect(answer.times).toHaveLength(results.nodes[0]!.head.length)
    expect(prolog.nodeCount).toBe(Object.keys(answer.nodes).length)
    const worst = { headM: 0, flow: 0, velocity: 0 }
    for (const node of results.nodes) node.head.forEach((head, k) => (worst.headM = Math.max(worst.headM, Math.abs(head * 0.3048 - answer.nodes[node.id]!.headM[k]!))))
    for (const link of results.links) {
      link.flow.forEach((gpm, k) => (worst.flow = Math.max(worst.flow, Math.abs(gpm * 6.30901964e-5 - answer.links[link.id]!.flowM3s[k]!))))
      link.velocity.forEach((fps, k) => (worst.velocity = Math.max(worst.velocity, Math.abs(fps * 0.3048 - answer.links[link.id]!.velocityMs[k]!))))
    }
    console.info(`EPANET comparison | epanet-owa Net1 | ${results.nodes.length} nodes, ${results.links.length} links × ${answer.times.length} steps | heads max ${worst.headM.toExponential(2)} m, flows ${worst.flow.toExponential(2)} m³/s, velocities ${worst.velocity.toExponential(2)} m/s`)
    expect(worst.headM).toBeLessThan(0.002)
    expect(worst.flow).toBeLessThan(2e-5)
    expect(worst.velocity).toBeLessThan(0.001)
  })

  it.skipIf(!existsSync(HANOI))('keeps the mass balance of a metric file in cubic metres per second', async () => {
    const { links } = await pressures(HANOI, 'pressure')
    // Published total demand of Hanoi: 19 940 m³/h, all of it through pipe 1.
    expect(Object.values(links)[0]!.flowM3s[0]!).toBeCloseTo(19_940 / 3600, 2)
  })

  it.skipIf(!existsSync(BAD))('refuses a file EPANET refuses, naming the line', async () => {
    const { code, out, err } = await run(BAD, 'pressure', '--json')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).toMatch(/line 330.*\[FOO\]/)
  })

  it.each([
    ['nothing at all', '', /no model EPANET can run/],
    ['no source', '[JUNCTIONS]\nA 0 1\nB 0 1\n[PIPES]\nP A B 100 300 100 0 Open\n[END]\n', /no tanks or reservoirs/i],
    ['a pipe to nowhere', '[JUNCTIONS]\nA 0 1\n[RESERVOIRS]\nR 50\n[PIPES]\nP R A 100 300 100 0 Open\nQ A Z 100 300 100 0 Open\n[END]\n', /line 7.*PIPES/],
    ['a word for a number', '[JUNCTIONS]\nA high 1\n[RESERVOIRS]\nR 50\n[PIPES]\nP R A 100 300 100 0 Open\n[END]\n', /line 2.*JUNCTIONS/],
    ['bytes of something else', '\u0000\u0001PK\u0003\u0004', /no model EPANET can run/],
    ['a report step that would fill the memory', '[JUNCTIONS]\nA 0 1\n[RESERVOIRS]\nR 50\n[PIPES]\nP R A 100 300 100 0 Open\n[TIMES]\nDuration 100000:00\nHydraulic Timestep 0:00:01\nReport Timestep 0:00:01\n[END]\n', /\[TIMES\]/],
  ])('says in one line what is wrong with %s', async (_, text, message) => {
    const path = join(temporaryFolder(), 'bad.inp')
    writeFileSync(path, text)
    const { code, err } = await run(path, 'pressure', '--json')
    expect(code).toBe(2)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).toMatch(message)
  })

  it('keeps the ids of a file in the Chinese encoding, or with a byte order mark', async () => {
    const text = (id: string) => `[JUNCTIONS]\n${id} 10 1\n[RESERVOIRS]\nR 50\n[PIPES]\nP R ${id} 100 300 100 0 Open\n[OPTIONS]\nUnits LPS\n[END]\n`
    const path = join(temporaryFolder(), 'model.inp')
    // 节点一 in GB 18030
    writeFileSync(path, Buffer.concat([text('@').split('@').map(part => Buffer.from(part)) as [Buffer, Buffer, Buffer]].flatMap(([a, b, c]) => [a, Buffer.of(0xbd, 0xda, 0xb5, 0xe3, 0xd2, 0xbb), b, Buffer.of(0xbd, 0xda, 0xb5, 0xe3, 0xd2, 0xbb), c])))
    expect(Object.keys((await pressures(path, 'pressure')).nodes).sort()).toEqual(['R', '节点一'])
    writeFileSync(path, `\ufeff${text('A')}`)
    expect(Object.keys((await pressures(path, 'pressure')).nodes).sort()).toEqual(['A', 'R'])
  })

  it('stops at once when cancelled', async () => {
    const controller = new AbortController()
    const side = 120
    const nodes = Array.from({ length: side * side }, (_, i) => `N${i} 0 0.01`)
    const pipes = nodes.flatMap((_, i) => [...(i % side < side - 1 ? [`H${i} N${i} N${i + 1} 50 200 100 0 Open`] : []), ...(i + side < side * side ? [`V${i} N${i} N${i + side} 50 200 100 0 Open`] : [])])
    const inp = ['[JUNCTIONS]', ...nodes, '[RESERVOIRS]', 'R 80', '[PIPES]', 'M R N0 10 800 100 0 Open', ...pipes, '[OPTIONS]', 'Units LPS', 'Headloss H-W', '[END]'].join('\n')
    const running = computePressures(new TextEncoder().encode(inp), unattendedJob, controller.signal)
    setTimeout(() => controller.abort(), 50)
    await expect(running).rejects.toBeInstanceOf(CancelledError)
  })
})

describe('analyse pressure on a project', () => {
  const twin = () =>
    TwinBuilder.with()
      .aPipe('A', [[0, 0, 10], [100, 0, 8]], { section: { shape: 'circle', diameterM: 0.2 } }).aPipe('B', [[100, 0, 8], [300, 0, 5]], { section: { shape: 'circle', diameterM: 0.2 } })
      .aPipe('LONE', [[0, 50, 5], [10, 50, 5]])
      .aValve('S', [0, 0, 12], { nodeType: 'source', attributes: { headM: 50 } }).aValve('C', [300, 0, 7], { nodeType: 'connection' })
      .build()

  it('stands at the head of the source where nothing is drawn, and says so', async () => {
    const path = join(temporaryFolder(), 'p.gpkg')
    await (await created(path, { records: twin() })).close()
    const { nodes, issues, method } = await pressures(path, 'pressure')
    expect(method).toBe('epanet-twin')
    expect(nodes['C']!.headM[0]).toBeCloseTo(50, 6)
    expect(nodes['C']!.pressureM[0]).toBeCloseTo(45, 6)
    expect(nodes['A@100.02']!.pressureM[0]).toBeCloseTo(42, 6)
    expect(issues.map(({ code }) => code)).toEqual(expect.arrayContaining(['demand_missing', 'roughness_assumed', 'source_missing']))
  })

  it('loses head by Hazen–Williams where the connections draw', async () => {
    const path = join(temporaryFolder(), 'p.gpkg')
    await (await created(path, { records: twin() })).close()
    const { nodes, links } = await pressures(path, 'pressure', '--demand', '20')
    expect(links['B']!.flowM3s[0]).toBeCloseTo(0.02, 6)
    // h = 10.67 L Q^1.852 / (C^1.852 d^4.871)
    const lengthM = Math.hypot(100, 2) + Math.hypot(200, 3)
    expect(50 - nodes['C']!.headM[0]!).toBeCloseTo((10.67 * lengthM * 0.02 ** 1.852) / (130 ** 1.852 * 0.2 ** 4.871), 2)
  })

  it('says that nothing feeds a network without sources', async () => {
    const path = join(temporaryFolder(), 'p.gpkg')
    await (await created(path, { records: TwinBuilder.with().aPipe('A', [[0, 0, 10], [100, 0, 8]]).build() })).close()
    const { code, err } = await run(path, 'pressure')
    expect(code).toBe(2)
    expect(err).toMatch(/no source or tank/)
  })
})
