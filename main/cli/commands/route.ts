import type { TFunction } from 'i18next'
import type { Blocked } from '#shared/routing/search/blocked.ts'
import { heaviestFirst, severityWords } from '#shared/report/finding-words.ts'
import { routeCostsOf } from '#shared/routing/search/route-costs.ts'
import { findRoutes, type FoundRoute } from '#shared/routing/search/find-route.ts'
import { loadMessages } from '../../services/messages.ts'
import { canonicalFeature, partProposals } from '../../services/export/route-features.ts'
import { writeJson } from '../answer.ts'
import { readCheckSubject } from '../check-run.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { CliFailure, EXIT, type CliCommand } from '../command.ts'
import { numberOf, readPlannedLine, textOf } from '../planned-line.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `route <project>`: the cheapest conflict-free alignments between two points. Keys are cli.md's. */
export const routeCommand: CliCommand = {
  name: 'route',
  options: {
    kind: { type: 'string' }, diameter: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, via: { type: 'string', multiple: true },
    alternatives: { type: 'string' }, scenario: { type: 'string' }, rules: { type: 'string' }, owner: { type: 'string' }, laying: { type: 'string' },
    pressure: { type: 'string' }, voltage: { type: 'string' }, json: { type: 'string' }, 'max-cover': { type: 'string' }, certain: { type: 'boolean' }, 'bend-radius': { type: 'string' },
  },
  helpKey: 'cli-route:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-check:network') })
    const line = readPlannedLine(name => textOf(values[name]))
    const through = [point('from', values['from']), ...viaOf(values['via']), point('to', values['to'])]
    const alternatives = values['alternatives'] === undefined ? 1 : wholeNumber('alternatives', values['alternatives'])
    const job = terminalJob(io, t)
    const subject = await readCheckSubject(path, { scenario: textOf(values['scenario']), rules: textOf(values['rules']), access: 'read' }, job, io, t)
    const { ground, surfaceFeatures, nodes, columns } = subject.baseline
    // What a file or the named scheme proposes is kept clear of as what is there is.
    const { baseline, proposals } = partProposals(columns, subject.isProposal)
    const network = effectiveNetwork(proposals.length > 0 ? baseline : columns, proposals.length > 0 ? proposals : subject.proposals)
    const isCertain = values['certain'] === true
    const { routes, blocked } = findRoutes({ baseline: network, pack: subject.pack.pack, ground, surfaceFeatures, nodes, line, through: through.map(([x, y]) => [x, y] as const), levels: through.map(([, , level]) => level ?? null), alternatives, costs: routeCostsOf(subject.records), prefersCertain: isCertain, ...maxCoverOf(values['max-cover']) }, job)
    endProgress(io)
    const json = textOf(values['json'])
    const answer = {
      routes: routes.map(({ axis, lengthM, cost, tightest, findings }, i) => ({
        rank: i + 1, feature: canonicalFeature({ ...line, id: `${line.id}-${i + 1}` }, axis), lengthM, cost, findings: [], tightest, remaining: findings,
      })),
      blocked: blocked.map(one => ({ ...one, reason: reasonOf(one, t) })),
    }
    if (json !== null) writeJson(json, answer, io)
    if (json !== '-') io.out(describe(routes, blocked, isCertain, t))
    return routes.length > 0 ? EXIT.done : EXIT.findings
  },
}

function maxCoverOf(value: unknown): { readonly maxCoverM?: number } {
  if (value === undefined) return {}
  const maxCoverM = numberOf('max-cover', value)
  if (!(maxCoverM > 0 && maxCoverM <= 50)) throw new CliFailure('cli-route:failure.maxCover', { value: maxCoverM })
  return { maxCoverM }
}

function wholeNumber(option: string, value: unknown): number {
  const number = numberOf(option, value)
  if (!Number.isInteger(number) || number < 1 || number > 5) throw new CliFailure('cli-route:failure.alternatives', { value: number })
  return number
}

/** `x,y`, or with the level of the line's axis there `x,y,z`. */
function point(option: string, value: unknown): readonly [number, number, number?] {
  if (value === undefined) throw new CliFailure('cli:missingArgument', { what: `--${option}` })
  const [x, y, z, ...rest] = String(value).split(',').map(text => (text.trim() === '' ? NaN : Number(text)))
  if (x === undefined || y === undefined || rest.length > 0 || ![x, y, z ?? 0].every(Number.isFinite)) {
    throw new CliFailure('cli-route:failure.point', { option: `--${option}`, value: String(value).slice(0, 100) })
  }
  return z === undefined ? [x, y] : [x, y, z]
}

const viaOf = (value: unknown): (readonly [number, number, number?])[] =>
  (Array.isArray(value) ? value : []).flatMap(text => String(text).split(/[;\s]+/)).map(text => point('via', text))

function reasonOf({ reason, asset, rule, cover, figures }: Blocked, t: TFunction): string {
  return t(`cli-route:blocked.${reason}`, { ...(figures && { found: figures.foundM.toFixed(2), required: figures.requiredM.toFixed(2) }), ...(cover && { needed: cover.neededM.toFixed(2), most: cover.mostM.toFixed(2) }), asset: asset ?? t('cli-route:theGround'), rule: rule === null ? '' : t(`cli-check:rule.${rule}`) })
}

/** How many findings of each weight and rule a route leaves, the heaviest first. */
function leftBy(findings: FoundRoute['findings'], t: TFunction): string[] {
  const counts = new Map<string, number>()
  for (const finding of [...findings].sort(heaviestFirst)) {
    const what = t('cli-route:what', { severity: severityWords(t, finding), rule: t(`cli-check:rule.${finding.rule}`) })
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return [...counts].map(([what, count]) => t('cli-route:left', { what, count }))
}

function describe(routes: readonly FoundRoute[], blocked: readonly Blocked[], isCertain: boolean, t: TFunction): string {
  const metres = (value: number): string => value.toFixed(2)
  return [
    ...routes.flatMap(({ lengthM, cost, tightest, findings }, i) => [
      t('cli-route:line', { rank: i + 1, length: metres(lengthM), total: metres(cost.total), trench: metres(cost.trench), bends: metres(cost.bends), crossings: metres(cost.crossings) }),
      ...leftBy(findings, t),
      ...tightest.map(({ asset, rule, found, required }) => t('cli-route:tight', { asset, rule: t(`cli-check:rule.${rule}`), found: found.toFixed(3), required: required.toFixed(3) })),
    ]),
    ...(!isCertain && routes.some(({ findings }) => findings.some(({ verdict, found, required }) => verdict === 'possible' && found >= required)) ? [t('cli-route:askCertain')] : []),
    ...(routes.length === 0 ? [t('cli-route:none'), ...blocked.map(one => `  ${reasonOf(one, t)}`)] : []),
    '',
  ].join('\n')
}
