import { ASSET_KINDS, type AssetKind } from '../kinds.ts'
import { UTILITIES } from './ledger.ts'

/** A body that owns lines, as the register of owners keeps it. */
export interface SampleOwner {
  readonly name: string
  readonly aliases: string[]
  readonly contact: string
  readonly phone: string
  readonly emergencyPhone: string
  readonly address: string
  readonly duty: string
  readonly kinds: AssetKind[]
  readonly notes: string
}

const DUTIES: Readonly<Partial<Record<AssetKind, string>>> = {
  water: '给水、再生水管网的运行、抢修与管线交底', sewer_foul: '雨水、污水管渠养护，排水许可与接户', sewer_combined: '老街合流管渠的日常巡查与改造', gas: '燃气管网安全、动土监护与应急抢险',
  heat: '集中供热供冷管网运行', power: '电力排管、电缆沟与电缆迁改', telecom: '通信管道与各运营商光缆的统一协调', industrial: '厂区外工业管道的安全管理', tunnel: '轨道交通保护区内施工的审查与监护', trench: '综合管廊的运维与入廊管理',
}

/** Owners of the sample city. Numbers of the form 000-… belong to nobody. */
export function sampleOwners(): SampleOwner[] {
  const names = [...new Set(ASSET_KINDS.map(kind => UTILITIES[kind].owner))].filter(name => name !== '')
  return names.map((name, i) => {
    const kinds = ASSET_KINDS.filter(kind => UTILITIES[kind].owner === name)
    return {
      name, aliases: [UTILITIES[kinds[0]!].ownerEn], contact: '管线管理科（虚构）', phone: `000-6000 ${1001 + i}`, emergencyPhone: `000-6000 ${9001 + i}`, address: `示例市半岛路 ${10 + 2 * i} 号`,
      duty: DUTIES[kinds[0]!] ?? '', kinds, notes: '示例数据，联系方式均为虚构。',
    }
  })
}
