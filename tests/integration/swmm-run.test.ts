import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runSwmm, SwmmFailed } from '#main/services/analysis/run-swmm.ts'
import { SwmmProgram } from '#main/services/analysis/swmm-program.ts'
import { CancelledError } from '#shared/core/job.ts'
import { readSwmmReport } from '#shared/hazards/overflow/swmm-report.ts'
import { swmmStandIn } from '#tests/builders/swmm-stand-in.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const DATA = join(import.meta.dirname, '../../../shared/data/swmmio')
const MODEL = '[JUNCTIONS]\nM1 8.0 2.0 0 0 0\n\n[CONDUITS]\nA M1 OUT 100 0.013 8 7.5 0 0\n'
const never = new AbortController().signal
const leftFolders = () => readdirSync(tmpdir()).filter(name => name.startsWith('underplan-swmm-'))
const failure = (run: Promise<unknown>): Promise<unknown> => run.then(() => null, (cause: unknown) => cause)
const onWindows = process.platform === 'win32'

describe.skipIf(!existsSync(DATA))('a report of SWMM', () => {
  const report = readSwmmReport(existsSync(DATA) ? readFileSync(join(DATA, 'Example1.rpt'), 'latin1') : '')

  it('Example1: node 10 stands 3.00 ft deep at 998.00 ft and floods at 4.53 ft³/s, 0.135 million gallons', () => {
    expect(report.nodes.size).toBe(14)
    expect(report.nodes.get('10')).toEqual({
      maxDepthM: expect.closeTo(0.9144, 9) as unknown, maxLevelM: expect.closeTo(998 * 0.3048, 9) as unknown, floodedM3s: expect.closeTo(4.53 * 0.3048 ** 3, 9) as unknown, floodedM3: expect.closeTo(0.135 * 3785.411784, 6) as unknown, floodedHours: 2.82, surchargedHours: 0, overCrownM: 0,
    })
    expect([...report.nodes.values()].filter(({ floodedM3s }) => floodedM3s > 0)).toHaveLength(1)
  })

  it('Example1: conduit 6 carries 4.93 ft³/s, 1.06 of its full flow; 13 conduits; routing error 0.101 %', () => {
    expect(report.links.get('6')).toEqual({ maxFlowM3s: expect.closeTo(4.93 * 0.3048 ** 3, 9) as unknown, ofFull: 1.06 })
    expect([report.links.size, report.routingErrorPercent]).toEqual([13, 0.101])
    expect(report.errors).toEqual([])
  })

  it('a report where nothing flooded has nothing flooded', () => {
    const calm = readSwmmReport(readFileSync(join(DATA, 'owa-rpt-example.rpt'), 'latin1'))
    expect([calm.nodes.size, [...calm.nodes.values()].every(({ floodedM3s }) => floodedM3s === 0)]).toEqual([14, true])
  })

  it('dynamic wave: 7 conduits, a pump and a weir', () => {
    const full = readSwmmReport(readFileSync(join(DATA, 'model_full_features_network.rpt'), 'latin1'))
    expect([full.nodes.size, full.links.size]).toEqual([9, 9])
    // Node J1: 1.56 hours, 1.182 ft over the crown, never over the rim; node 5: 0.02 hours of both.
    const surcharged = [...full.nodes].filter(([, { surchargedHours }]) => surchargedHours > 0).map(([name, { surchargedHours, overCrownM, floodedHours }]) => [name, surchargedHours, Number(overCrownM.toFixed(6)), floodedHours])
    expect(surcharged).toEqual([['5', 0.02, 0, 0.02], ['J1', 1.56, 0.360274, 0]])
  })
})

describe('text that is no report', () => {
  it.each(['', 'PK\u0003\u0004', '  Node Depth Summary', '***\n'.repeat(1000), '  ERROR 200: one or more errors in input file.'])('%#: gives empty tables, and the errors it names', text => {
    const { nodes, links, errors } = readSwmmReport(text)
    expect([nodes.size, links.size, errors.length]).toEqual([0, 0, text.includes('ERROR') ? 1 : 0])
  })
})

describe.skipIf(onWindows)('running a program', () => {
  it('gives it the three files by fixed names in a folder of its own, without a shell, and leaves nothing', async () => {
    const told = JSON.parse(await runSwmm(swmmStandIn('echoes', 'a b; touch oops'), MODEL, never)) as { argv: string[]; cwd: string; inputThere: boolean }
    expect(told.argv).toEqual(['model.inp', 'report.rpt', 'results.out'])
    expect(told.inputThere).toBe(true)
    expect(existsSync(told.cwd)).toBe(false)
  })

  it('hands back the report', async () => {
    const { engine, links, nodes, routingErrorPercent } = readSwmmReport(await runSwmm(swmmStandIn('answers'), MODEL, never))
    expect(engine).toContain('5.2.4')
    expect([links.get('A')!.maxFlowM3s, nodes.get('M1')!.maxLevelM, nodes.get('M1')!.floodedM3, routingErrorPercent]).toEqual([0.1, 10, 90, -0.154])
  })

  it('says what SWMM says where it refuses the model', async () => {
    expect(await failure(runSwmm(swmmStandIn('refuses'), MODEL, never))).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ERROR 141: Outfall OUT') as unknown })
  })

  it('a program that fails, or is none, is told with its own words', async () => {
    expect(await failure(runSwmm(swmmStandIn('fails'), MODEL, never))).toMatchObject({ kind: 'failed', reason: 'cannot open model.inp' })
    const text = join(temporaryFolder(), 'notes.txt')
    writeFileSync(text, 'no program')
    expect(await failure(runSwmm(text, MODEL, never))).toBeInstanceOf(SwmmFailed)
  })

  it('stops one that does not end, and one that is cancelled; neither leaves its folder', async () => {
    const before = leftFolders().length
    expect(await failure(runSwmm(swmmStandIn('hangs'), MODEL, never, 300))).toMatchObject({ kind: 'timeout' })
    const cancel = new AbortController()
    const running = runSwmm(swmmStandIn('hangs'), MODEL, cancel.signal)
    setTimeout(() => cancel.abort(), 100)
    expect(await failure(running)).toBeInstanceOf(CancelledError)
    expect(leftFolders()).toHaveLength(before)
  })
})

describe.skipIf(onWindows)('which program', () => {
  it('is the one chosen; a file that cannot be run is not taken', () => {
    const folder = temporaryFolder()
    const swmm = new SwmmProgram(folder)
    const text = join(folder, 'notes.txt')
    writeFileSync(text, 'no program')
    expect([swmm.use(text), swmm.use(join(folder, 'nowhere'))]).toEqual([false, false])
    const program = swmmStandIn('answers', 'runswmm')
    expect(swmm.use(program)).toBe(true)
    expect([new SwmmProgram(folder).find(), swmm.name()]).toEqual([program, 'runswmm.mjs'])
    expect(swmm.use(null)).toBe(true)
    expect(swmm.find()).not.toBe(program)
  })

  it('a spoilt file of choices counts as none', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'swmm.json'), '{"program": 7')
    expect(() => new SwmmProgram(folder).find()).not.toThrow()
  })
})
