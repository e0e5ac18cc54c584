import { extname } from 'node:path'
import { existsSync } from 'node:fs'
import type { TFunction } from 'i18next'
import { fixScheme, type FixOutcome, type Unresolved } from '#shared/routing/fix/fix-scheme.ts'
import { loadMessages } from '../../services/messages.ts'
import { canonicalFeature, partProposals } from '../../services/export/route-features.ts'
import { writeJson } from '../answer.ts'
import { readCheckSubject, runCheck } from '../check-run.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { openForCommand } from '../open-project.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `fix <project.gpkg | network.geojson>`: the smallest moves that bring a scheme clear of every rule. Keys are cli.md's. */
export const fixCommand: CliCommand = {
  name: 'fix',
  options: { scenario: { type: 'string' }, finding: { type: 'string' }, rules: { type: 'string' }, json: { type: 'string' } },
  helpKey: 'cli-route:fix.help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-check:network') })
    const job = terminalJob(io, t)
    const scenario = textOf(values['scenario']) ?? (await onlyScheme(path, io))
    const subject = await readCheckSubject(path, { scenario, rules: textOf(values['rules']), access: 'read' }, job, io, t)
    const { ground, surfaceFeatures, nodes, columns } = subject.baseline
    const { baseline, proposals } = scenario === null ? partProposals(columns, subject.isProposal) : { baseline: columns, proposals: subject.proposals }
    const finding = textOf(values['finding'])
    const outcome = fixScheme({ baseline, proposals, pack: subject.pack.pack, ground, surfaceFeatures, nodes, finding }, job)
    endProgress(io)
    if (outcome.isUnknownFinding) {
      // The check knows more rules than moves are searched for.
      const known = (await runCheck(subject, null, job, io)).findings.find(({ id }) => id === finding)
      endProgress(io)
      throw known ? new CliFailure('cli-route:fix.notByMoving', { finding: known.id, rule: t(`cli-check:rule.${known.rule}`) }) : new CliFailure('cli-route:fix.noFinding', { finding: finding!.slice(0, 200) })
    }
    const json = textOf(values['json'])
    const answer = {
      fixes: outcome.fixes.map(({ before, after, ...fix }) => ({ ...fix, feature: canonicalFeature(proposals.find(({ id }) => id === fix.asset)!, after.axis), before, after })),
      unresolved: outcome.unresolved.map(unresolved => ({ finding: unresolved.finding, reason: reasonOf(unresolved, t) })),
    }
    if (json !== null) writeJson(json, answer, io)
    if (json !== '-') io.out(describe(outcome, t))
    return outcome.unresolved.length > 0 ? EXIT.findings : EXIT.done
  },
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The one scheme of a project where none was named; null for a network file, or a project without a scheme. */
async function onlyScheme(path: string, io: CliIo): Promise<string | null> {
  if (extname(path).toLowerCase() !== '.gpkg' || !existsSync(path)) return null
  const project = await openForCommand(path, 'read', io)
  try {
    const names = project.scenarios().map(({ name }) => name)
    if (names.length > 1) throw new CliFailure('cli-route:fix.whichScheme', { names: names.join(', ') })
    return names[0] ?? null
  } finally {
    await project.close()
  }
}

function reasonOf({ asset, ways }: Unresolved, t: TFunction): string {
  if (asset === null) return t('cli-route:fix.nothingMoves')
  if (ways.length === 0) return t('cli-route:fix.worseElsewhere', { asset })
  const told = ways.map(({ kind, row, reason }) => t('cli-route:fix.way', {
    kind: t(`cli-route:kind.${kind}`),
    why: reason !== null ? t(`cli-route:closed.${reason}`) : row === null ? t('cli-route:closed.bounds') : t(row.other === null ? 'cli-route:closed.cover' : 'cli-route:closed.rule', {
      asset: row.other ?? '', rule: t(`cli-check:rule.${row.rule}`), found: row.found.toFixed(3), required: row.required.toFixed(3),
    }),
  }))
  return t('cli-route:fix.noFix', { asset, ways: told.join(t('cli-route:fix.join')) })
}

function describe({ fixes, unresolved }: FixOutcome, t: TFunction): string {
  return [
    t('cli-route:fix.result', { fixes: fixes.length, unresolved: unresolved.length }),
    ...fixes.map(({ asset, kind, displacementM, asideM, upM, findings }) => t(kind === 'detour' ? 'cli-route:fix.lineBoth' : 'cli-route:fix.line', { asset, kind: t(`cli-route:kind.${kind}`), displacement: displacementM.toFixed(3), aside: asideM.toFixed(3), level: `${upM < 0 ? '−' : '+'}${Math.abs(upM).toFixed(3)}`, findings: findings.length > 0 ? findings.join(', ') : t('cli-route:fix.step') })),
    ...unresolved.map(one => `${one.finding}: ${reasonOf(one, t)}`),
    '',
  ].join('\n')
}
