package koc.sample;

import java.util.List;

/**
 * A planted second-level category.
 *
 * @param path its path, {@code top > second}
 * @param price usual price of a product
 * @param popularity fraction of purchases of a user without preferences, before scaling to 1
 * @param cycleDays days after which a buyer needs the product again; 0 for durables
 * @param isGeneral whether all portraits buy it equally often
 * @param brands brands, best tier first
 * @param nouns what its products are
 */
record PlantedCategory(
        String path,
        double price,
        double popularity,
        int cycleDays,
        boolean isGeneral,
        List<String> brands,
        List<String> nouns) {

    private static final List<String> BEAUTY = List.of("Yunjian", "Hua Xi", "Petal & Co", "Lanmei");
    private static final List<String> BABY = List.of("Xiao Ya", "First Steps", "Tuantuan");
    private static final List<String> HEALTH = List.of("Kangning", "Beishan", "Vita Garden");
    private static final List<String> HOME = List.of("Jia Shu", "Qingjie", "Plain House", "Wanjia");
    private static final List<String> FOOD = List.of("Tianye", "Lao Jie", "Green Basket", "Mihe");
    private static final List<String> FASHION = List.of("Suyi", "Nine Alleys", "Momo");
    private static final List<String> DIGITAL = List.of("Xinghe", "Pulse", "Duoduo Tech");
    private static final List<String> COURSES = List.of("Zhixing Academy", "Open Door School");
    private static final List<String> PETS = List.of("Mao Mao", "Good Paw", "Wangcai");
    private static final List<String> SPORTS = List.of("Fengxing", "Peak Nine", "Dongli");

    /** All categories; the index in this list is the number of the category in the generator. */
    static final List<PlantedCategory> ALL = List.of(
            special("beauty > skin care", 168, .045, 60, BEAUTY, "Night cream", "Face serum", "Clay mask", "Sun milk"),
            special("beauty > makeup", 99, .04, 75, BEAUTY, "Lip tint", "Cushion foundation", "Brow pencil"),
            special("beauty > hair care", 69, .03, 45, BEAUTY, "Shampoo", "Hair oil", "Scalp essence"),
            special("mother and baby > diapers", 129, .03, 21, BABY, "Diapers", "Night pants", "Swim diapers"),
            special("mother and baby > milk powder", 259, .03, 28, BABY, "Milk powder stage 1", "Milk powder stage 2"),
            special("mother and baby > toys", 79, .025, 0, BABY, "Building blocks", "Music bell", "Picture cards"),
            special("health > supplements", 149, .035, 45, HEALTH, "Calcium tablets", "Fish oil", "Vitamin C"),
            special("health > devices", 299, .02, 0, HEALTH, "Blood pressure monitor", "Neck massager", "Foot bath"),
            general("home > tissues", 29, .07, 25, HOME, "Facial tissues", "Kitchen roll", "Wet wipes"),
            special("home > cleaning", 39, .04, 30, HOME, "Laundry liquid", "Dish soap", "Floor wipes"),
            special("home > kitchenware", 119, .03, 0, HOME, "Frying pan", "Knife set", "Steamer"),
            special("home > bedding", 239, .025, 0, HOME, "Quilt", "Latex pillow", "Sheet set"),
            general("food > snacks", 35, .055, 20, FOOD, "Mixed nuts", "Rice crackers", "Dried mango"),
            special("food > fresh fruit", 59, .04, 12, FOOD, "Cherries", "Navel oranges", "Blueberries"),
            special("food > grain and oil", 79, .035, 30, FOOD, "Northeast rice", "Rapeseed oil", "Millet"),
            special("food > coffee", 89, .03, 25, FOOD, "Drip coffee", "Espresso beans", "Cold brew"),
            special("fashion > women", 199, .04, 0, FASHION, "Linen dress", "Knit cardigan", "Pleated skirt"),
            special("fashion > bags", 329, .02, 0, FASHION, "Tote bag", "Crossbody bag", "Laptop bag"),
            special("digital > phones", 1899, .018, 0, DIGITAL, "Phone 6.1\"", "Phone 6.7\"", "Tablet 11\""),
            special("digital > audio", 399, .02, 0, DIGITAL, "Earbuds", "Headphones", "Speaker"),
            special("digital > smart home", 259, .02, 0, DIGITAL, "Smart lamp", "Door camera", "Pet feeder camera"),
            general("courses > communication", 199, .04, 0, COURSES, "Speak with ease", "Difficult talks"),
            special("courses > parenting", 249, .02, 0, COURSES, "Calm parents", "First 1,000 days"),
            special("courses > finance", 299, .02, 0, COURSES, "Household money", "Funds for beginners"),
            special("courses > school subjects", 399, .02, 0, COURSES, "Maths, grade 3", "English, grade 4"),
            special("pets > pet food", 159, .025, 30, PETS, "Cat food", "Dog food", "Freeze-dried treats"),
            special("pets > litter", 49, .02, 20, PETS, "Tofu litter", "Clay litter"),
            special("pets > pet toys", 39, .02, 0, PETS, "Feather wand", "Chew bone", "Scratch post"),
            special("sports > running", 359, .025, 0, SPORTS, "Running shoes", "Running vest", "Sports watch"),
            special("sports > yoga", 129, .02, 0, SPORTS, "Yoga mat", "Yoga pants", "Foam roller"),
            special("sports > outdoor", 289, .02, 0, SPORTS, "Family tent", "Trail jacket", "Picnic set"),
            special("sports > nutrition", 189, .02, 35, SPORTS, "Whey protein", "Energy bars", "Electrolytes"));

    /** The category's first level. */
    String top() {
        return path.substring(0, path.indexOf(" > "));
    }

    private static PlantedCategory special(
            String path, double price, double popularity, int cycleDays, List<String> brands, String... nouns) {
        return new PlantedCategory(path, price, popularity, cycleDays, false, brands, List.of(nouns));
    }

    private static PlantedCategory general(
            String path, double price, double popularity, int cycleDays, List<String> brands, String... nouns) {
        return new PlantedCategory(path, price, popularity, cycleDays, true, brands, List.of(nouns));
    }
}
