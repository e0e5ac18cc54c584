import type { Random } from '../../core/random.ts'
import type { Street } from './street-graph.ts'

/** Invented but plausible names: views, plants, weather. Chinese and pinyin. */
const STEMS: readonly (readonly [string, string])[] = [
  ['望江', 'Wangjiang'], ['听涛', 'Tingtao'], ['云台', 'Yuntai'], ['青石', 'Qingshi'], ['黄桷', 'Huangjue'], ['石榴', 'Shiliu'],
  ['雾灯', 'Wudeng'], ['归帆', 'Guifan'], ['磨子', 'Mozi'], ['橘园', 'Juyuan'], ['半山', 'Banshan'], ['鹤皋', 'Hegao'],
  ['晒布', 'Shaibu'], ['竹影', 'Zhuying'], ['双溪', 'Shuangxi'], ['凤尾', 'Fengwei'], ['水井', 'Shuijing'], ['月台', 'Yuetai'],
  ['梧桐', 'Wutong'], ['川剧', 'Chuanju'], ['盐仓', 'Yancang'], ['码头', 'Matou'], ['老窖', 'Laojiao'], ['天梯', 'Tianti'],
  ['杏林', 'Xinglin'], ['金汤', 'Jintang'], ['白象', 'Baixiang'], ['枇杷', 'Pipa'], ['染房', 'Ranfang'], ['书院', 'Shuyuan'],
]

/** Gives every street a name in both languages; beyond the list, names are numbered. */
export function nameStreets(streets: readonly Street[], random: Random): void {
  const stems = [...STEMS]
  for (let i = stems.length - 1; i > 0; i--) {
    const j = random.int(i + 1)
    ;[stems[i], stems[j]] = [stems[j]!, stems[i]!]
  }
  let next = 0
  for (const street of streets) {
    if (street.role === 'ridge') [street.nameZh, street.nameEn] = ['山脊大道', 'Shanji Avenue']
    else if (street.role === 'quay') [street.nameZh, street.nameEn] = ['滨江大道', 'Binjiang Avenue']
    else {
      const [zh, en] = stems[next % stems.length]!
      const round = Math.floor(next / stems.length)
      const number = round === 0 ? '' : String(round + 1)
      const [typeZh, typeEn] = street.class === 'avenue' ? ['大道', 'Avenue'] : street.class === 'steps' ? ['梯道', 'Steps'] : ['路', 'Road']
      street.nameZh = `${zh}${number}${typeZh}`
      street.nameEn = `${en} ${typeEn}${number && ` ${number}`}`
      next++
    }
  }
}
