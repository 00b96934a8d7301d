import type { EChartsCoreOption } from "echarts/core";
import { SimulacraError } from "../../data/errors.js";
import { escaped, type Html, trusted } from "./html.js";

/** What a drawn chart needs beside its option. */
interface ChartFrame {
  /** Of the drawing, in its own units; on the page it takes the width that is there. */
  width: number;
  height: number;
  /** What a reader who does not see it is told: its name, and what it shows. */
  title: string;
  description: string;
  /** Class of the svg element. */
  className?: string;
}

let drawings = 0;

/**
 * Draws an ECharts option as an SVG, without a browser. Colours may be CSS variables (`var(--ink)`): the drawing then
 * follows the page into dark mode and print.
 * @throws SimulacraError `missing_package` where ECharts is not installed
 */
export async function chartSvg(option: EChartsCoreOption, frame: ChartFrame): Promise<Html> {
  const echarts = await loadEcharts();
  const chart = echarts.init(null, null, {
    renderer: "svg",
    ssr: true,
    width: frame.width,
    height: frame.height,
  });
  try {
    chart.setOption({ animation: false, ...option });
    return trusted(described(chart.renderToSVGString({ useViewBox: true }), frame));
  } finally {
    chart.dispose();
  }
}

async function loadEcharts() {
  try {
    return await import("echarts");
  } catch (cause) {
    throw new SimulacraError(
      "missing_package",
      "Drawing the page's charts needs a package that is not installed. Run: npm install echarts",
      "user",
      { package: "echarts", install: "npm install echarts" },
      { cause },
    );
  }
}

/** Widths of the two drawings of a chart, in their own units. */
export const chartWidth = (narrow: boolean): number => (narrow ? 348 : 880);

/** A chart for wide and for narrow pages; the page's style shows one of them. */
export const chartPair = (
  draw: (narrow: boolean) => { option: EChartsCoreOption; height: number },
  about: Pick<ChartFrame, "title" | "description">,
): Promise<Html[]> =>
  Promise.all(
    [false, true].map((narrow) => {
      const { option, height } = draw(narrow);
      const className = narrow ? "narrow" : "wide";
      return chartSvg(option, { ...about, width: chartWidth(narrow), height, className });
    }),
  );

/** The text of a chart. */
export const chartText = (narrow: boolean) => ({
  color: "var(--soft)",
  fontFamily: "inherit",
  fontSize: narrow ? 11 : 12.5,
});

/** The name of an axis, below its middle. */
export const axisName = (name: string, nameGap: number, narrow: boolean) => ({
  name,
  nameLocation: "middle",
  nameGap,
  nameTextStyle: chartText(narrow),
});

/** The drawing as one picture with a name and a description; its single shapes mean nothing to a screen reader. */
function described(svg: string, { title, description, className = "" }: ChartFrame): string {
  const id = `chart-${++drawings}`;
  const inside = svg.slice(svg.indexOf(">") + 1);
  const viewBox = /viewBox="[^"]*"/u.exec(svg)?.[0] ?? "";
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" class="${escaped(className)}" ${viewBox} aria-labelledby="${id} ${id}-d"><title id="${id}">${escaped(title)}</title><desc id="${id}-d">${escaped(description)}</desc>${inside}`;
}
