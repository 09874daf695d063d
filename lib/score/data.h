/*
 * The files of data/, byte for byte, as the Makefile puts them into the library.
 */
#ifndef DDG_SCORE_DATA_H
#define DDG_SCORE_DATA_H

extern const char ddg_data_psc_2_0[], ddg_data_psc_1_0[], ddg_data_population_2020[],
    ddg_data_surveys[];

#endif
