// Distances of pairs of segments in space by CGAL in exact rational arithmetic.
// Standard input: 12 doubles a pair. Standard output: one double a pair.
#include <CGAL/Gmpq.h>
#include <CGAL/Simple_cartesian.h>
#include <CGAL/squared_distance_3.h>
#include <cmath>
#include <cstdio>

using Kernel = CGAL::Simple_cartesian<CGAL::Gmpq>;

int main() {
  double g[12];
  while (std::fread(g, sizeof(double), 12, stdin) == 12) {
    const Kernel::Point_3 p0(g[0], g[1], g[2]), p1(g[3], g[4], g[5]), q0(g[6], g[7], g[8]), q1(g[9], g[10], g[11]);
    const bool isPointP = p0 == p1, isPointQ = q0 == q1;
    const CGAL::Gmpq squared = isPointP && isPointQ ? CGAL::squared_distance(p0, q0)
      : isPointP ? CGAL::squared_distance(p0, Kernel::Segment_3(q0, q1))
      : isPointQ ? CGAL::squared_distance(q0, Kernel::Segment_3(p0, p1))
      : CGAL::squared_distance(Kernel::Segment_3(p0, p1), Kernel::Segment_3(q0, q1));
    const double distance = std::sqrt(CGAL::to_double(squared));
    std::fwrite(&distance, sizeof(double), 1, stdout);
  }
}
