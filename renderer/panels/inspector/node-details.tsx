import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { attributeName, attributeValue } from '../../i18n/attribute-words.ts'
import { figure, metres } from '../../i18n/format.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import { Properties, Property, Section } from '../../ui/display.tsx'
import { BlockProperty, OwnerProperty } from './responsibility.tsx'
import { PieceProperty } from './piece-property.tsx'
import { Title } from './title.tsx'

/** A point object: manhole, valve, chamber. */
export function NodeDetails({ node }: { readonly node: NodeRecord }) {
  const { t } = useTranslation('app')
  const unknown = <span className="faint">{t('inspector.unknown')}</span>
  const type = t(`kinds:nodeType.${node.nodeType}`)
  const attributes = Object.entries(node.attributes)
  return (
    <>
      <Title kind={node.kind} title={node.id} subtitle={`${type} · ${t(`kinds:kind.${node.kind}`)}`} />
      <Section title={t('inspector.point')}>
        <Properties>
          <OwnerProperty name={t('field.owner')} owner={node.owner} />
          <BlockProperty path={useMemo(() => [node.at], [node.at])} />
          <PieceProperty node={node} />
          <Property name="X">{figure(node.at[0], 3)}</Property>
          <Property name="Y">{figure(node.at[1], 3)}</Property>
          <Property name={t('field.topLevel')}>{metres(node.at[2])}</Property>
          <Property name={t('field.bottomLevel')}>{node.bottomZ === undefined ? unknown : metres(node.bottomZ)}</Property>
          {node.bottomZ !== undefined && <Property name={t('field.depth')}>{metres(node.at[2] - node.bottomZ, 2)}</Property>}
          {node.diameterM !== undefined && <Property name={t('field.diameter')}>{`Ø ${Math.round(node.diameterM * 1000)} mm`}</Property>}
        </Properties>
      </Section>
      {attributes.length > 0 && (
        <Section title={t('inspector.attributes')}>
          <Properties>{attributes.map(([name, value]) => <Property key={name} name={attributeName(name, t)}>{value === null || value === '' ? <span className="faint">–</span> : attributeValue(name, value, t)}</Property>)}</Properties>
        </Section>
      )}
    </>
  )
}
