import { describe, expect, it } from 'vitest'
import { crsOfWkt } from '#shared/io/crs-wkt.ts'
import { UTM_10N_ESRI } from './shapefile/shapefile-source.ts'

const CGCS_3_DEGREE = 'PROJCS["CGCS2000_3_Degree_GK_CM_108E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",108.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
const VIRGINIA_FEET = 'PROJCS["NAD83_Virginia_South_ftUS",GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["standard_parallel_1",37.96666666666667],PARAMETER["standard_parallel_2",36.76666666666667],PARAMETER["latitude_of_origin",36.33333333333334],PARAMETER["central_meridian",-78.5],PARAMETER["false_easting",11482916.667],PARAMETER["false_northing",3280833.333],UNIT["Foot_US",0.30480060960121924]]'

describe('the code of a coordinate system written as text', () => {
  it.each([
    ['Esri, UTM', UTM_10N_ESRI, 'EPSG:26910'],
    ['Esri, CGCS2000 3-degree zone', CGCS_3_DEGREE, 'EPSG:4545'],
    ['Esri, US survey feet', VIRGINIA_FEET, 'EPSG:2284'],
    ['with its own code', 'PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4258"]],AUTHORITY["EPSG","25831"]]', 'EPSG:25831'],
    ['WKT 2', 'PROJCRS["x",BASEGEOGCRS["y",ID["EPSG",4258]],ID["EPSG",25832]]', 'EPSG:25832'],
    ['compound', 'COMPD_CS["x",PROJCS["a",AUTHORITY["EPSG","3878"]],VERT_CS["b",AUTHORITY["EPSG","3900"]]]', 'EPSG:3878'],
    ['geographic', 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]', 'EPSG:4326'],
    ['a bare code', 'EPSG:4547', 'EPSG:4547'],
  ])('%s', (_name, text, code) => {
    expect(crsOfWkt(text)).toBe(code)
  })

  it.each(['', 'PROJCS[', 'PROJCS["x"', `${'A['.repeat(1000)}`, UTM_10N_ESRI.replace('-123.0', '-122.0'), 'LOCAL_CS["site"]'])('%.40s … is none', text => {
    expect(crsOfWkt(text)).toBeNull()
  })
})
