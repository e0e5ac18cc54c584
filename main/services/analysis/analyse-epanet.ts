import { CountType, FlowUnits, InitHydOption, LinkProperty, NodeProperty, NodeType, Option, Project, TimeParameter, Workspace } from 'epanet-js'
import type { Issue } from '#shared/core/issues.ts'
import type { JobControl } from '#shared/core/job.ts'
import { ModelRefused, type PressureResult } from './analyse-pressure-result.ts'

/** Most values one answer may hold: as JSON it must fit in one string. Beyond it the report step is too fine for the duration. */
const MAX_VALUES = 20_000_000
const FOOT_M = 0.3048
const [MODEL, REPORT, RESULTS] = ['model.inp', 'report.txt', 'results.bin']

/** Cubic metres per second of each unit of flow; the first five are US customary, with feet for length. */
const FLOW_M3S: readonly number[] = [0.028316846592, 6.30901964e-5, 3785.411784 / 86400, 4546.09 / 86400, 1233.48183754752 / 86400, 0.001, 0.001 / 60, 1000 / 86400, 1 / 3600, 1 / 86400, 1]

/**
 * Runs a model through EPANET (OWA-EPANET 2.3.5, compiled to WebAssembly): hydraulics over the whole duration.
 * @param inp An EPANET input file as it is.
 * @throws ModelRefused not a model EPANET runs. @throws CancelledError
 */
export async function runEpanet(inp: Uint8Array, job: JobControl): Promise<PressureResult> {
  const workspace = new Workspace()
  await workspace.loadModule()
  workspace.writeFile(MODEL, inp)
  const model = new Project(workspace)
  try {
    model.open(MODEL, REPORT, RESULTS)
    model.openH()
    // Flows start afresh, and nothing is written to the disk of the engine.
    model.initH(InitHydOption.InitFlow)
    const result = solve(model, job)
    const version = String(workspace.version)
    model.closeH()
    model.close()
    const warnings = reportLines(workspace).filter(line => line.startsWith('WARNING')).map((line): Issue => ({ code: 'engine_warning', severity: 'warning', ref: line }))
    return { engine: `EPANET ${Number(version[0])}.${Number(version.slice(1, 3))}.${Number(version.slice(3))}`, ...result, issues: [...warnings, ...result.issues] }
  } catch (cause) {
    if (cause instanceof ModelRefused || !(cause instanceof Error) || !/EPANET Error/.test(cause.message)) throw cause
    throw new ModelRefused(refusalOf(cause.message, workspace, model, inp))
  }
}

function solve(model: Project, job: JobControl): Omit<PressureResult, 'engine'> {
  const count = (type: CountType): number[] => Array.from({ length: model.getCount(type) }, (_, i) => i + 1)
  const units = model.getFlowUnits()
  const lengthM = units <= FlowUnits.AFD ? FOOT_M : 1
  const flowM3s = FLOW_M3S[units] ?? 1
  const waterM = lengthM * model.getOption(Option.SpGravity)
  const durationS = model.getTimeParameter(TimeParameter.Duration)
  const stepS = Math.max(1, model.getTimeParameter(TimeParameter.ReportStep))
  const startS = model.getTimeParameter(TimeParameter.ReportStart)
  const nodes = count(CountType.NodeCount).map(index => ({
    index, id: model.getNodeId(index), isJunction: model.getNodeType(index) === NodeType.Junction, isReservoir: model.getNodeType(index) === NodeType.Reservoir,
    elevation: model.getNodeValue(index, NodeProperty.Elevation), pressureM: [] as number[], headM: [] as number[],
  }))
  const links = count(CountType.LinkCount).map(index => ({ index, id: model.getLinkId(index), flowM3s: [] as number[], velocityMs: [] as number[] }))
  if ((1 + Math.max(0, durationS - startS) / stepS) * 2 * (nodes.length + links.length) > MAX_VALUES) {
    throw new ModelRefused(`[TIMES] Report Timestep ${stepS} s over a duration of ${durationS} s gives more than ${MAX_VALUES} values`)
  }

  const times: number[] = []
  for (;;) {
    job.progress(durationS > 0 ? model.getTimeParameter(TimeParameter.HTime) / durationS : null, 'cli-analyse:stage.pressure')
    job.throwIfCancelled()
    const t = model.runH()
    if (t >= startS && (t - startS) % stepS === 0) {
      times.push(t)
      for (const node of nodes) {
        const head = model.getNodeValue(node.index, NodeProperty.Head)
        node.headM.push(rounded(head * lengthM))
        node.pressureM.push(node.isReservoir ? 0 : rounded((head - node.elevation) * waterM))
      }
      for (const link of links) {
        link.flowM3s.push(rounded(model.getLinkValue(link.index, LinkProperty.Flow) * flowM3s))
        link.velocityMs.push(rounded(model.getLinkValue(link.index, LinkProperty.Velocity) * lengthM))
      }
    }
    if (model.nextH() <= 0) break
  }
  const low = nodes.filter(node => node.isJunction && node.pressureM.some(value => value < 0))
  return {
    times,
    nodes: Object.fromEntries(nodes.map(({ id, pressureM, headM }) => [id, { pressureM, headM }])),
    links: Object.fromEntries(links.map(({ id, flowM3s, velocityMs }) => [id, { flowM3s, velocityMs }])),
    issues: low.map(({ id, pressureM }): Issue => ({ code: 'pressure_negative', severity: 'warning', ref: id, context: { leastM: Number(Math.min(...pressureM).toFixed(3)) } })),
  }
}

/** Nine digits: more than hydraulics knows, and a third less to read. */
const rounded = (value: number): number => Number(value.toPrecision(9))

/** Lines of the engine's report below its banner, bare. */
function reportLines(workspace: Workspace): string[] {
  return workspace.readFile(REPORT).split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('*'))
}

/** The engine's first complaint, with the line of the file it is about. */
function refusalOf(message: string, workspace: Workspace, model: Project, inp: Uint8Array): string {
  const general = message.replace(/^EPANET Error \d+: /, '')
  try {
    // The report is written out when the model is closed.
    model.close()
  } catch {
    return general
  }
  const lines = reportLines(workspace)
  // Error 200 only says that there were others.
  const first = lines.findIndex(line => /^Error \d+:/.test(line) && !line.startsWith('Error 200'))
  if (first < 0) return general
  const about = lines[first + 1]
  const words = (text: string): string => text.replace(/;.*/, '').trim().split(/\s+/).join(' ')
  const source = new TextDecoder().decode(inp).split('\n')
  const at = about === undefined || about.startsWith('Error') ? -1 : source.findIndex(line => words(line) === words(about))
  return at < 0 ? lines[first]! : `line ${at + 1}: ${lines[first]!.replace(/:$/, '')}: ${words(about!).slice(0, 120)}`
}
