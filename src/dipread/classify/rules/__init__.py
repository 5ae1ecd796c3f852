"""Rules as what people write and put to the test: their kinds, where they stand, what is wrong with them."""
