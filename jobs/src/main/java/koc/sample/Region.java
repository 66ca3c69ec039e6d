package koc.sample;

import java.util.List;

/** A county where users live. The names are real, so that tables look realistic. */
record Region(String province, String city, String county) {
    /** All regions, sorted by number of users, largest first. */
    static final List<Region> ALL = List.of(
            new Region("Zhejiang", "Hangzhou", "Yuhang"),
            new Region("Guangdong", "Shenzhen", "Nanshan"),
            new Region("Shanghai", "Shanghai", "Minhang"),
            new Region("Jiangsu", "Suzhou", "Kunshan"),
            new Region("Sichuan", "Chengdu", "Wuhou"),
            new Region("Hubei", "Wuhan", "Hongshan"),
            new Region("Zhejiang", "Hangzhou", "Xiaoshan"),
            new Region("Guangdong", "Foshan", "Shunde"),
            new Region("Beijing", "Beijing", "Haidian"),
            new Region("Jiangsu", "Wuxi", "Jiangyin"),
            new Region("Zhejiang", "Jinhua", "Yiwu"),
            new Region("Hunan", "Changsha", "Yuelu"),
            new Region("Fujian", "Quanzhou", "Jinjiang"),
            new Region("Shandong", "Qingdao", "Laoshan"),
            new Region("Henan", "Zhengzhou", "Zhongmu"),
            new Region("Anhui", "Hefei", "Feixi"),
            new Region("Shaanxi", "Xi'an", "Yanta"),
            new Region("Guangdong", "Guangzhou", "Panyu"),
            new Region("Hebei", "Shijiazhuang", "Zhengding"),
            new Region("Liaoning", "Dalian", "Jinzhou"));

    /** Running sums of their weights: heavy-tailed. */
    static final double[] CUMULATED = cumulated();

    private static double[] cumulated() {
        double[] weights = new double[ALL.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1.0 / (2 + i);
        }
        return Chance.cumulated(weights);
    }
}
