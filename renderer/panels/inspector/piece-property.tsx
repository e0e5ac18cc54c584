import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { buildTopology } from '#shared/network/build-topology.ts'
import { nodePieces, type NodePiece } from '#shared/network/node-pieces.ts'
import { assetId, assetSection, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import { assetsInBox } from '#shared/twin/assets-in-box.ts'
import { figure, size } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { Property } from '../../ui/display.tsx'

/** How far around a point its lines are looked for: as wide as structures come, metres. */
const REACH_M = 3

/** What is built at a point by the lines that meet there, with each line and its size. */
export function PieceProperty({ node }: { readonly node: NodeRecord }) {
  const { t } = useTranslation('quality')
  const columns = useStore(projectStore, state => state.columns)
  const found = useMemo(() => (columns ? pieceAt(columns, node) : null), [columns, node])
  if (!found) return null
  const { near, piece } = found
  return (
    <Property name={t('pieceHere')}>
      {t(`piece.${piece.type}`)}{piece.angleDeg !== null && ` · ${figure(piece.angleDeg, 0)}°`}
      {piece.arms.map(({ asset }, i) => <div key={i} className="faint small">{assetId(near, asset)} · {size(assetSection(near, asset))}</div>)}
    </Property>
  )
}

/** Only what lies about the point is joined: a whole city is not looked through for one manhole. */
function pieceAt(columns: AssetColumns, node: NodeRecord): { readonly near: AssetColumns; readonly piece: NodePiece } | null {
  const [x, y] = [node.at[0] - columns.origin[0], node.at[1] - columns.origin[1]]
  const near = assetsInBox(columns, { minX: x - REACH_M, maxX: x + REACH_M, minY: y - REACH_M, maxY: y + REACH_M }, false)
  const piece = nodePieces(buildTopology({ columns: near, nodes: [node] })).find(({ nodes }) => nodes.length > 0)
  return piece ? { near, piece } : null
}
