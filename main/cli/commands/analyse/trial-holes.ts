import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { rankTrialHoles } from '#shared/hazards/trial-hole-ranking.ts'
import { partProposals } from '../../../services/export/route-features.ts'
import { readCheckSubject } from '../../check-run.ts'
import { shortList, type AnalyseMethod } from './method.ts'
import { numberIn, tidy } from './numbers.ts'

const DEFAULT_TELLS_M = 3
const BOUNDS = { tells: [0.5, 50] } as const

/** `trial-holes`: where to dig so that the most verdicts that are only possible become sure. */
export const trialHolesMethod: AnalyseMethod = {
  name: 'trial-holes',
  options: ['tells', 'rules'],
  async run({ path, option, job, io, t }) {
    const tellsM = numberIn('tells', option('tells'), BOUNDS.tells) ?? DEFAULT_TELLS_M
    const subject = await readCheckSubject(path, { scenario: option('scenario'), rules: option('rules'), access: 'read' }, job, io, t)
    const { ground, surfaceFeatures, nodes, columns } = subject.baseline
    const parted = partProposals(columns, subject.isProposal)
    const [baseline, proposals] = parted.proposals.length > 0 ? [parted.baseline, parted.proposals] : [columns, subject.proposals]
    const { holes, possible } = rankTrialHoles({ assets: effectiveNetwork(baseline, proposals), pack: subject.pack.pack, ground, surfaceFeatures, nodes }, baseline.count, tellsM, job)
    const settled = holes.reduce((sum, { settles }) => sum + settles.length, 0)
    return {
      issues: [],
      json: tidy({ method: 'trial-holes', possible, settled, holes: holes.map(({ at, assets, settles, mandatory, depthM }, i) => ({ rank: i + 1, at, assets, settles, mandatory, depthM })), assumptions: { tellsM } }),
      lines: [
        t('cli-analyse:trialHoles.summary', { possible, settled, holes: holes.length }),
        ...holes.slice(0, 20).map(({ at, assets, settles, depthM }, i) => t('cli-analyse:trialHoles.hole', { rank: i + 1, x: at[0].toFixed(2), y: at[1].toFixed(2), depth: depthM === null ? '–' : depthM.toFixed(1), count: settles.length, list: shortList(assets, t, 6) })),
      ],
    }
  },
}
