import { chainagesOf } from '#shared/geometry/section-line.ts'
import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { freeSlots } from '#shared/routing/free-slots.ts'
import { assetId, assetRecord } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { partProposals } from '../../../services/export/route-features.ts'
import { readCheckSubject } from '../../check-run.ts'
import { CliFailure } from '../../command.ts'
import { readPlannedLine } from '../../planned-line.ts'
import { requiredAsset, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'

const COVERS_M = [0.7, 0.9, 1.2, 1.5, 1.8, 2.1, 2.5, 3, 3.5, 4]
const DEFAULTS = { lengthM: 20, reachM: 8 }
const BOUNDS = { chainage: [0, 1e6], length: [2, 200], reach: [1, 30] } as const

/** `slots`: where beside an asset a line of a size may legally lie over a stretch of street, how wide, how far it stays open. */
export const slotsMethod: AnalyseMethod = {
  name: 'slots',
  options: ['asset', 'chainage', 'length', 'reach', 'kind', 'diameter', 'laying', 'pressure', 'voltage', 'owner', 'rules'],
  async run({ path, option, job, io, t }) {
    const id = requiredAsset(option, t)
    const line = { ...readPlannedLine(option), id: 'slot' }
    const subject = await readCheckSubject(path, { scenario: option('scenario'), rules: option('rules'), access: 'read' }, job, io, t)
    const { ground, surfaceFeatures, nodes, columns } = subject.baseline
    const parted = partProposals(columns, subject.isProposal)
    const network = effectiveNetwork(parted.proposals.length > 0 ? parted.baseline : columns, parted.proposals.length > 0 ? parted.proposals : subject.proposals)
    const asset = Array.from({ length: network.count }, (_, i) => i).find(i => assetId(network, i) === id)
    if (asset === undefined) throw new CliFailure('cli-analyse:noAsset', { asset: id, file: path })
    const along = assetRecord(network, asset).axis.map(([x, y, z]): Vec3 => [x - network.origin[0], y - network.origin[1], z - network.origin[2]])
    const totalM = chainagesOf(along).at(-1)!
    const half = Math.min(numberIn('length', option('length'), BOUNDS.length) ?? DEFAULTS.lengthM, totalM) / 2
    const middle = Math.min(Math.max(numberIn('chainage', option('chainage'), BOUNDS.chainage) ?? totalM / 2, half), totalM - half)
    const reachM = numberIn('reach', option('reach'), BOUNDS.reach) ?? DEFAULTS.reachM
    const [from, to] = [middle - half, middle + half]
    const { rows, slots } = freeSlots({ baseline: network, pack: subject.pack.pack, ground, surfaceFeatures, nodes, line, along, from, to, reachM, coversM: COVERS_M }, job)
    const widest = [...slots].sort((p, q) => q.widthM - p.widthM)
    return {
      issues: [],
      json: tidy({ method: 'slots', asset: id, from, to, reachM, rows, slots: widest }),
      lines: [
        t('cli-analyse:slots.summary', { count: slots.length, asset: id, from: from.toFixed(1), to: to.toFixed(1) }),
        ...widest.map(({ at, widthM, open }) => t(at.rightM < 0 ? 'cli-analyse:slots.left' : 'cli-analyse:slots.right', {
          by: Math.abs(at.rightM).toFixed(2), cover: at.coverM.toFixed(2), width: widthM.toFixed(2), from: open.from.chainageM.toFixed(1), to: open.to.chainageM.toFixed(1),
        })),
      ],
    }
  },
}
