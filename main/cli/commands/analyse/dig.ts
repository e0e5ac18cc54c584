import { writeFileSync } from 'node:fs'
import { findSoil } from '#shared/twin/soils.ts'
import { digSite, schemeDigs } from '#shared/hazards/analysis/ground-methods.ts'
import { digDamage } from '#shared/hazards/dig-damage.ts'
import { TRENCH_DEFAULTS, type Dig } from '#shared/hazards/digging.ts'
import { permitSheet } from '#shared/hazards/permit-sheet.ts'
import { ownerReach } from '#shared/report/owner-reach.ts'
import { permitParts } from '#shared/hazards/analysis/permit-parts.ts'
import { digValves } from '#shared/hazards/analysis/dig-valves.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { CliFailure } from '../../command.ts'
import { readPitOutline } from '../../pit-outline.ts'
import { openForCommand } from '../../open-project.ts'
import { shortList, type AnalyseContext, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'
import { readSubject, type Subject } from './subject.ts'

const BOUNDS = { depth: [0.01, 200], level: [-12_000, 10_000], slope: [0, 10], side: [0, 10], bedding: [0, 5] } as const

/** `dig`: what a pit, or the trenches of a scheme, can hit; how sure that is, what follows, what to do. A permit sheet. */
export const digMethod: AnalyseMethod = {
  name: 'dig',
  options: ['polygon', 'depth', 'level', 'slope', 'soil', 'side', 'bedding', 'permit'],
  async run(context) {
    const { path, option, job, io, t } = context
    const subject = await readSubject(path, option('scenario'), job, io, t)
    const digs = option('polygon') !== null ? [await pitOf(context, subject)] : schemeDigs(subject, {
      sideM: numberIn('side', option('side'), BOUNDS.side) ?? TRENCH_DEFAULTS.sideM, beddingM: numberIn('bedding', option('bedding'), BOUNDS.bedding) ?? TRENCH_DEFAULTS.beddingM,
    })
    if (digs.length === 0) throw new CliFailure('cli-analyse:dig.nothing', { file: path })
    const { rows, issues } = digDamage(digs, digSite(subject), job)
    const { ids, columns } = subject
    const [ox, oy, oz] = columns.origin
    const valves = digValves(subject, rows, job)
    const assets = rows.map(row => ({
      ...row, id: ids[row.asset]!, asset: undefined, kind: assetKind(columns, row.asset), owner: columns.owners[columns.owner[row.asset]!] ?? '',
      trialHole: row.trialHole && [row.trialHole[0] + ox, row.trialHole[1] + oy, row.trialHole[2] + oz], valves: valves.get(row.asset) ?? [],
    }))
    const permit = option('permit')
    if (permit !== null) writeFileSync(permit, permitSheet(subject, permitParts(subject, digs, job), { language: io.language, translate: (key, parameters = {}) => t(key, parameters), at: new Date(), ownerOf: ownerReach(subject.owners, t) }))
    const struck = assets.filter(row => row.struck || row.exposed)
    return {
      issues: [...subject.issues, ...issues],
      json: tidy({ method: 'dig', screening: true, digs: new Set(digs.map(dig => dig.id)).size, assets, trialHoles: assets.flatMap(row => (row.trialHole ? [{ asset: row.id, at: row.trialHole }] : [])), assumptions: TRENCH_DEFAULTS }),
      lines: [
        t('cli-analyse:dig.screening'),
        t('cli-analyse:dig.struck', { count: struck.length, list: shortList(struck.map(row => `${row.id} (${t(`analyses:word.consequence.${row.consequence}`)})`), t) }),
        t('cli-analyse:dig.near', { count: assets.length - struck.length, list: shortList(assets.filter(row => !struck.includes(row)).map(row => `${row.id} (${row.clearanceM.toFixed(2)} m)`), t) }),
        ...(permit === null ? [] : [t('cli-analyse:dig.permit', { file: permit })]),
      ],
    }
  },
}

async function pitOf({ path, option, io }: AnalyseContext, { columns: { origin } }: Subject): Promise<Dig> {
  const project = path.toLowerCase().endsWith('.gpkg') ? await openForCommand(path, 'read', io) : null
  const crs = project?.crs ?? null
  await project?.close()
  const { points } = readPitOutline(option('polygon')!, crs)
  const [depthM, levelM] = [numberIn('depth', option('depth'), BOUNDS.depth), numberIn('level', option('level'), BOUNDS.level)]
  if ((depthM === null) === (levelM === null)) throw new CliFailure('cli-excavate:failure.depthOrLevel')
  const name = option('soil')
  const soil = name === null ? null : findSoil(name)
  if (name !== null && !soil) throw new CliFailure('cli-excavate:failure.soilUnknown', { soil: name, known: '' })
  return {
    id: 'pit', name: 'pit', outline: points.map(([x, y]) => [x - origin[0], y - origin[1]]), bottom: depthM !== null ? { depthM } : { levelM: levelM! - origin[2] },
    slopeRatio: numberIn('slope', option('slope'), BOUNDS.slope) ?? 0, soil,
  }
}
