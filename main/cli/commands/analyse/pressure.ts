import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { Issue } from '#shared/core/issues.ts'
import { SourceRefused } from '#shared/io/issue-log.ts'
import { toUtf8, type Utf8Text } from '#shared/io/text-encoding.ts'
import { refusalWords } from '#shared/report/refusal-words.ts'
import { epanetModel } from '#shared/network/epanet-model.ts'
import { ModelRefused, type PressureResult } from '../../../services/analysis/analyse-pressure-result.ts'
import { computePressures } from '../../../services/analysis/analyse-pressure.ts'
import { CliFailure } from '../../command.ts'
import { networkIssues, readNetwork, type AnalyseContext, type AnalyseMethod } from './method.ts'

const METHOD = { fromFile: 'epanet-inp', fromTwin: 'epanet-twin' } as const
/** Sections only SWMM has; both programs call their files .inp. */
const SWMM = /^\s*\[(CONDUITS|SUBCATCHMENTS|XSECTIONS|RAINGAGES)\]/im
/** More at one connection is a slip of units. */
const MAX_DEMAND_LS = 1000

/** `pressure`: EPANET on an .inp as it is, or on a model written from the twin. */
export const pressureMethod: AnalyseMethod = {
  name: 'pressure',
  options: ['kind', 'demand', 'tolerance'],
  async run(context) {
    const { path, t } = context
    const isModel = extname(path).toLowerCase() === '.inp'
    if (isModel) {
      const strange = ['kind', 'demand', 'tolerance', 'scenario'].find(option => context.option(option) !== null)
      if (strange !== undefined) throw new CliFailure('cli-analyse:pressure.notForModel', { option: strange })
    }
    const answer = isModel ? await ofModel(context) : await ofTwin(context)
    const { engine, times, nodes, links } = answer.result
    const all = Object.values(nodes).flatMap(({ pressureM }) => pressureM)
    const range = all.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [Infinity, -Infinity] as const)
    return {
      issues: answer.issues,
      json: { method: isModel ? METHOD.fromFile : METHOD.fromTwin, engine, times, nodes, links },
      lines: [
        t('cli-analyse:pressure.done', { engine, nodes: Object.keys(nodes).length, links: Object.keys(links).length, times: times.length }),
        ...(all.length > 0 ? [t('cli-analyse:pressure.range', { low: range[0].toFixed(2), high: range[1].toFixed(2) })] : []),
      ],
    }
  },
}

interface Pressures {
  readonly result: Pick<PressureResult, 'engine' | 'times' | 'nodes' | 'links'>
  readonly issues: readonly Issue[]
}

async function ofModel(context: AnalyseContext): Promise<Pressures> {
  const { bytes, encoding } = readModel(context)
  // The engine takes ids for bytes: what is not UTF-8 would come back garbled.
  const issues: Issue[] = encoding === 'utf-8' ? [] : [{ code: 'encoding', severity: 'info', ref: basename(context.path), context: { encoding } }]
  if (SWMM.test(new TextDecoder('latin1').decode(bytes))) throw new CliFailure('cli-analyse:pressure.swmm', { file: basename(context.path) })
  const result = await compute(bytes, context)
  return { result, issues: [...issues, ...result.issues] }
}

function readModel({ path, t }: AnalyseContext): Utf8Text {
  try {
    return toUtf8(new Uint8Array(readFileSync(path)))
  } catch (cause) {
    if (cause instanceof SourceRefused) throw new CliFailure('cli-analyse:pressure.refused', { file: basename(path), reason: refusalWords(t, cause.issue) })
    throw new CliFailure('cli:cannotRead', { file: path, reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

async function ofTwin(context: AnalyseContext): Promise<Pressures> {
  const kind = context.option('kind') ?? 'water'
  const network = await readNetwork({ ...context, option: name => (name === 'kind' ? kind : context.option(name)) }, null)
  const model = epanetModel(network.topology, demandOf(context.option('demand')), asset => network.ids[asset]!)
  if (!model) throw new CliFailure('cli-analyse:pressure.noSource', { file: context.path, kind: context.t(`kinds:kind.${kind}`) })
  const { nodeNames, linkNames } = model
  const result = await compute(new TextEncoder().encode(model.text), context)
  const nodes = Object.fromEntries(Object.entries(result.nodes).flatMap(([id, values]) => nodeNames.get(id)!.map(name => [name, values])))
  const links = Object.fromEntries(Object.entries(result.links).map(([id, values]) => [linkNames.get(id)!, values]))
  const named = result.issues.map(issue => (issue.code === 'pressure_negative' && issue.ref !== undefined ? { ...issue, ref: nodeNames.get(issue.ref)?.[0] ?? issue.ref } : issue))
  return { result: { ...result, nodes, links }, issues: [...networkIssues(network), ...model.issues, ...named] }
}

async function compute(inp: Uint8Array, { path, job, io }: AnalyseContext): Promise<PressureResult> {
  try {
    return await computePressures(inp, job, io.signal)
  } catch (cause) {
    if (cause instanceof ModelRefused) throw new CliFailure('cli-analyse:pressure.refused', { file: basename(path), reason: cause.reason })
    throw cause
  }
}

function demandOf(text: string | null): number {
  if (text === null) return 0
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= MAX_DEMAND_LS)) throw new CliFailure('cli-analyse:pressure.badDemand', { value: text, high: MAX_DEMAND_LS })
  return value
}
