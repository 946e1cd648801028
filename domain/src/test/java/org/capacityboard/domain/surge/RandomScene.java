package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small alliance at random, with kits, groups, scrap, crews, stale stocks, late lines and suppliers of several parents. */
final class RandomScene {
    private static final String[] PLANTS = {"AAAAA", "BBBBB", "CCCCC"};
    private static final String[] PARENTS = {"Anvil", "Bellows", "Crucible", "Drop Forge"};

    private final Random random;
    private final Scene scene = new Scene();
    private final List<String> products = new ArrayList<>();
    private final List<String> materials = new ArrayList<>();
    private final List<String> suppliers = new ArrayList<>();

    private RandomScene(long seed) {
        random = new Random(seed);
    }

    /** Stocks are not run down: nothing was made lately. */
    static Scene idle(long seed) {
        return new RandomScene(seed).build(false, false);
    }

    /** Stocks are run down by what was made. */
    static Scene running(long seed) {
        return new RandomScene(seed).build(true, false);
    }

    /** As {@link #running}, all reached and held alike: one question to all products. */
    static Scene alike(long seed) {
        return new RandomScene(seed).build(true, true);
    }

    private Scene build(boolean running, boolean alike) {
        int productCount = 2 + random.nextInt(6);
        int materialCount = 1 + random.nextInt(5);
        for (int i = 0; i < materialCount; i++) {
            materials.add("m" + i);
            scene.material("m" + i, "kg");
        }
        for (int i = 0; i < productCount; i++) {
            products.add("p" + i);
        }
        for (int i = 0; i < 6; i++) {
            supplier("s" + i);
        }
        suppliers.add("unknown");
        for (int i = 0; i < productCount; i++) {
            product(i, running);
        }
        materials.forEach(this::stocks);
        int reach = random.nextInt(120);
        int hold = 1 + random.nextInt(200);
        for (Posture posture : Posture.values()) {
            for (String product : products) {
                if (random.nextInt(3) > 0) {
                    double rate = random.nextInt(8) == 0 ? 0 : amount(2_000);
                    if (alike) {
                        scene.need(product, posture, rate + 1, reach, hold);
                    } else if (random.nextBoolean()) {
                        scene.need(product, posture, rate);
                    } else {
                        scene.need(product, posture, rate, random.nextInt(200), 1 + random.nextInt(300));
                    }
                }
            }
        }
        return scene;
    }

    private double amount(double most) {
        return random.nextInt(4) == 0 ? Math.rint(random.nextDouble() * most) : random.nextDouble() * most;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void supplier(String id) {
        List<SupplierOffer> offers = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            offers.add(new SupplierOffer(any(materials), amount(3_000)));
        }
        suppliers.add(id);
        scene.suppliers.add(
                new SurgeSupplier(id, PARENTS[random.nextInt(PARENTS.length)], "NOR", random.nextInt(4) > 0, offers));
    }

    private void product(int number, boolean running) {
        String id = products.get(number);
        List<BillItem> bill = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            bill.add(new BillItem(any(materials), .1 + 3 * random.nextDouble()));
        }
        if (number + 1 < products.size()) {
            for (int i = random.nextInt(3); i > 0; i--) {
                bill.add(
                        new BillItem(any(products.subList(number + 1, products.size())), .2 + 2 * random.nextDouble()));
            }
        }
        String group = random.nextInt(4) == 0 ? "group" + random.nextInt(2) : null;
        scene.products.add(new SurgeProduct(id, id, group, bill));
        for (int i = random.nextInt(4); i > 0; i--) {
            line(id + "-line" + i, id);
        }
        if (running && random.nextInt(3) > 0) {
            long produced = random.nextInt(5_000);
            long good = random.nextInt(12) == 0 ? produced + 3 : Math.round(produced * (.5 + random.nextDouble() / 2));
            scene.made(id, good, produced, 1 + random.nextInt(ProductOutput.MOST_DAYS));
        }
    }

    private void line(String id, String productId) {
        Long from =
                random.nextInt(4) == 0 ? Scene.TODAY + Math.round((random.nextDouble() * 500 - 50) * Scene.DAY) : null;
        HoursPerWeek hours = new HoursPerWeek(
                random.nextInt(100), 40 + random.nextInt(100), random.nextInt(8) == 0 ? 0 : 100 + random.nextInt(60));
        scene.lines.add(new SurgeLine(id, PLANTS[random.nextInt(PLANTS.length)], productId, amount(8), hours, from));
        if (random.nextInt(3) == 0) {
            scene.crew(id, random.nextInt(60), random.nextInt(12));
        }
        if (random.nextInt(4) > 0) {
            scene.heard(id, random.nextDouble() * 20);
        }
        if (random.nextInt(3) > 0) {
            long[] weeks = new long[random.nextInt(60)];
            for (int i = 0; i < weeks.length; i++) {
                weeks[i] = random.nextInt(400);
            }
            scene.weeks(id, any(products), weeks);
        }
    }

    private void stocks(String materialId) {
        for (String plant : PLANTS) {
            if (random.nextInt(3) > 0) {
                Receipt[] receipts = new Receipt[random.nextInt(4)];
                for (int i = 0; i < receipts.length; i++) {
                    double day = random.nextInt(3) == 0 ? random.nextInt(100) : random.nextDouble() * 400 - 20;
                    receipts[i] = Scene.due(day, Math.rint(amount(20_000)), any(suppliers));
                }
                scene.stock(plant, materialId, random.nextDouble() * 25, amount(30_000), receipts);
            }
        }
    }
}
